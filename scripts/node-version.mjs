// Imported first by every command: an old Node gets a sentence, not a stack of syntax errors.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`✗ 需要 Node.js 20.19 或更高版本，当前是 ${process.versions.node}：请安装后重试。`);
  console.error(`  Node.js 20.19 or newer is needed, this is ${process.versions.node}: install it (https://nodejs.org), then try again.`);
  process.exit(1);
}
if (process.platform === 'win32') {
  console.error('✗ 不支持直接在 Windows 上运行：请在 WSL 中运行。');
  console.error('  Windows is not supported directly: run it inside WSL.');
  process.exit(1);
}
