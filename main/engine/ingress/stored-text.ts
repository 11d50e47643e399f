/** Headers whose values grant access to something: proxies on the way may add them, and nobody needs them later. */
const credentialHeaders: ReadonlySet<string> = new Set([
  ...['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-api-key', 'x-auth-token'],
  ...['x-amz-security-token', 'x-forwarded-access-token', 'x-ms-token-aad-access-token', 'cf-access-jwt-assertion'],
]);

/** The headers as JSON, without the values of those that carry credentials. */
export function storedHeaders(headers: Readonly<Record<string, string>>): string {
  return JSON.stringify(headers, (name, value) => (credentialHeaders.has(name) ? '…' : value));
}
