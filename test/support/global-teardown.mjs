export default () => globalThis.miaopuTestServer.stop();
