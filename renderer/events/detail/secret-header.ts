const names = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-auth-token']);

/** Whether a header may contain a key and is never shown. A signature is not secret. */
export function isSecretHeader(name: string): boolean {
  return names.has(name.toLowerCase());
}
