import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * Trusts the certificate authorities of the operating system in addition to Node's, as company networks need. It
 * affects the whole process, so only hosts call it. Returns how many were added; 0 where the system does not list them.
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
