import type { IncomingMessage, ServerResponse } from 'node:http';

/** Whether callbacks are accepted now; undefined where nobody may ask. */
export type HealthQuestion = () => boolean | undefined;

const healthPath = /^\/healthz(\?|$)/;

/** Answers a request for the health with 200 or 503; false where it is none, or where nobody may ask. */
export function answerHealth(request: IncomingMessage, response: ServerResponse, health: HealthQuestion): boolean {
  if (!healthPath.test(request.url ?? '') || !/^(GET|HEAD)$/.test(request.method ?? '')) return false;
  const healthy = health();
  if (healthy === undefined) return false;
  response.statusCode = healthy ? 200 : 503;
  response.setHeader('content-type', 'text/plain; charset=utf-8').setHeader('cache-control', 'no-store');
  response.end(healthy ? 'ok\n' : 'unavailable\n');
  return true;
}
