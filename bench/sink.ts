// A mail server that takes everything and keeps nothing: the recipients' side of a benchmark, whose cost is not the product's.
import net from 'node:net';

const END = '\r\n.\r\n';

const server = net.createServer((socket) => {
  let inBody = false;
  let rest = '';
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (;;) {
      const end = inBody ? rest.indexOf(END) : rest.indexOf('\r\n');
      if (end < 0) break;
      const line = rest.slice(0, end);
      rest = rest.slice(end + (inBody ? END.length : 2));
      const starts = !inBody && /^DATA/i.test(line);
      socket.write(starts ? '354 go on\r\n' : /^EHLO/i.test(line) && !inBody ? '250-sink\r\n250 8BITMIME\r\n' : '250 ok\r\n');
      inBody = starts;
    }
  });
});
server.listen(Number(process.env.SINK_PORT), '127.0.0.1', () => process.send?.({ ready: 'sink' }));
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
