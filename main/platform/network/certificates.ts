import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Trusts the certificate authorities of the operating system beside those of Node, as company networks need; returns how many were added. */
export function trustSystemCertificates(): number {
  const known = getCACertificates('default');
  const trusted = new Set([...known, ...getCACertificates('system')]);
  if (trusted.size > known.length) setDefaultCACertificates([...trusted]);
  return trusted.size - new Set(known).size;
}
