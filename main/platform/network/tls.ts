import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { codedError, NetworkError } from './network-error.ts';

/** Encrypts a connection; rejects where the certificate is untrusted or for another host. */
export function connectTls(socket: Socket, host: string, timeout: number): Promise<TLSSocket> {
  const name = host.replace(/^\[|\]$/g, '');
  const result = Promise.withResolvers<TLSSocket>();
  const servername = isIP(name) === 0 ? { servername: name } : {};
  const encrypted = connect({ socket, host: name, ...servername, ALPNProtocols: ['http/1.1'] });
  const deadline = setTimeout(
    () => encrypted.destroy(codedError('ETIMEDOUT', 'the TLS handshake took too long')),
    timeout,
  );
  let issuer: string | undefined;
  // Node closes an untrusted connection before it emits "error", and discards the certificate.
  encrypted.prependOnceListener('secure', () => {
    issuer = issuerOf(encrypted.getPeerCertificate(true));
  });
  const stop = (): void => {
    clearTimeout(deadline);
    encrypted.off('error', fail).off('close', closed).off('secureConnect', succeed);
  };
  const fail = (cause: Error): void => {
    stop();
    encrypted.on('error', () => {}).destroy();
    socket.destroy();
    result.reject(new NetworkError('tls', { cause, ...(issuer === undefined ? {} : { issuer }) }));
  };
  const closed = (): void => fail(codedError('ECONNRESET', 'closed during the TLS handshake'));
  const succeed = (): void => {
    stop();
    result.resolve(encrypted);
  };
  encrypted.on('error', fail).on('close', closed).on('secureConnect', succeed);
  return result.promise;
}

/** The issuer at the end of the chain that the server sent. */
function issuerOf(certificate: DetailedPeerCertificate): string | undefined {
  const seen = new Set<string>();
  let last = certificate;
  while (last.issuerCertificate && !seen.has(last.fingerprint256)) {
    seen.add(last.fingerprint256);
    last = last.issuerCertificate;
  }
  const { CN, O } = last.issuer ?? {};
  const name = CN ?? O;
  return Array.isArray(name) ? name[0] : name;
}
