import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process that serves `/<bytes>` of a seed as fast as it can, without having them in memory; sends its origin to its parent. */

const block = Buffer.concat(
  Array.from({ length: 32_768 }, (_, index) => createHash('sha256').update(`seed ${index}`).digest()),
);

const server = createServer((request, response) => {
  const length = Number(request.url?.slice(1));
  response.writeHead(200, { 'content-length': length, 'content-type': 'application/octet-stream', etag: '"seed"' });
  let left = length;
  const send = (): void => {
    for (let taken = true; taken && left > 0; left -= block.length) taken = response.write(block.subarray(0, left));
    if (left <= 0) response.end();
  };
  response.on('drain', send);
  send();
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
process.once('disconnect', () => process.exit());
