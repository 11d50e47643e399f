const names = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-auth-token']);

/** Headers by which senders hand over keys; they are never shown. A signature is no secret. */
export function isSecretHeader(name: string): boolean {
  return names.has(name.toLowerCase());
}
