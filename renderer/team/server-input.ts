import type { Input } from '../../preload/contract/index.ts';

interface CertificatePaths {
  readonly certificate: string;
  readonly key: string;
}

/** The parameters of the server's configuration: its first URL's port, and the certificate if both paths are given. */
export function serverInput(
  servers: readonly string[],
  { certificate, key }: CertificatePaths,
): Input<'team.serverConfig'> {
  const [first = ''] = servers;
  const port = Number(/:(\d+)$/.exec(first)?.[1]);
  const isEncrypted = servers.some((server) => server.startsWith('tls://'));
  const hasBoth = certificate.trim() !== '' && key.trim() !== '';
  return {
    ...(port > 0 && port < 65_536 ? { port } : {}),
    ...(isEncrypted && hasBoth ? { tls: { certificate: certificate.trim(), key: key.trim() } } : {}),
  };
}
