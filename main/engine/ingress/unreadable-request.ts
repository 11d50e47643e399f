/** What arrived in place of a request that the parser could read. */
export interface UnreadableRequest {
  /** Another protocol, as a reverse proxy may be set to speak; absent where the bytes show none of these. */
  readonly protocol?: 'TLS' | 'PROXY protocol' | 'HTTP/2';
  /** Empty where what arrived does not begin with a request line. */
  readonly method: string;
  readonly target: string;
}

/** The first bytes of the PROXY protocol, version 2. */
const proxySignature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
/** Bytes that are looked at; more would tell nothing further. */
const mostBytes = 8 * 1024;

/** Only a whole request line: where the parser gives up later, the bytes may hold secrets of headers or a body. */
const requestLine = /^\s{0,8}([A-Za-z]{1,20}) ((?:\/|https?:\/\/)\S{0,4000}) HTTP\//i;

/** Names what a client sent, by the bytes at which the parser gave up: the last that were read, mostly the first as well. */
export function readUnreadable(bytes: Uint8Array = new Uint8Array()): UnreadableRequest {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, mostBytes));
  const protocol = protocolOf(start);
  // The protocol's first word is shown in place of a method.
  if (protocol) return { protocol, method: protocol.replace(/ .*/, ''), target: '' };
  const [, method = '', target = ''] = requestLine.exec(start.toString('latin1')) ?? [];
  return { method, target };
}

function protocolOf(start: Buffer): UnreadableRequest['protocol'] {
  // A record of the handshake, of any version.
  if (start[0] === 0x16 && start[1] === 0x03) return 'TLS';
  if (start.subarray(0, proxySignature.length).equals(proxySignature)) return 'PROXY protocol';
  if (/^PROXY (TCP[46]|UNKNOWN)/.test(start.toString('latin1', 0, 20))) return 'PROXY protocol';
  return start.toString('latin1', 0, 16) === 'PRI * HTTP/2.0\r\n' ? 'HTTP/2' : undefined;
}
