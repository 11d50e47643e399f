import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the certificate authorities of the operating system beside those of Node, as company networks need; for the whole
 * process, so only a host calls it. Returns how many were added; where the system does not give them, none.
 */
export function trustSystemCertificates(failed: (error: unknown) => void): number {
  try {
    const known = new Set(getCACertificates('default'));
    const added = getCACertificates('system').filter((certificate) => !known.has(certificate));
    if (added.length > 0) setDefaultCACertificates([...known, ...added]);
    return added.length;
  } catch (error) {
    failed(error);
    return 0;
  }
}
