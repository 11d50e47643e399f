import * as http from 'node:http';
import * as https from 'node:https';

/** Sends one callback on a connection of its own and resolves with the status; does not follow redirects. */
export function post(
  url: string,
  headers: http.OutgoingHttpHeaders,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const { request } = url.startsWith('https:') ? https : http;
  const length = { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { ...headers, ...length }, agent: false, signal });
    sending.once('error', reject);
    sending.once('response', (answer) => {
      answer.resume();
      answer.once('error', () => {});
      resolve(answer.statusCode ?? 0);
    });
    sending.end(body);
  });
}
