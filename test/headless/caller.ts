import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { AccessToken } from '../../main/control/index.ts';

export interface ResponseView {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  json(): unknown;
}

/** One request exactly as it is told: path, Host and all, on a connection of its own. */
export function call(
  port: number,
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: OutgoingHttpHeaders; body?: string | Buffer } = {},
): Promise<ResponseView> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response) chunks.push(chunk as Buffer);
      } catch (error) {
        return reject(error);
      }
      const text = Buffer.concat(chunks).toString();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: () => JSON.parse(text) });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** A token that stays as it is. */
export const fixedToken = (value: string): AccessToken => ({ value, rotate() {}, onRotation() {} });
