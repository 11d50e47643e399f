import { onTestFinished } from 'vitest';
import { type Aps, type ApsOptions, startAps } from '../../main/sandbox/aps/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; throws where it is none. */
  json(): Record<string, unknown>;
}

export interface Caller {
  readonly aps: Aps;
  readonly token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Creates the hook and gives its id. */
  createHook(system: string, event: string, body: Record<string, unknown>, region?: string): Promise<string>;
  /** The hook as the service shows it. */
  hook(id: string): Record<string, unknown>;
}

/** The simulator alone; stopped after the test. */
export async function openAps(options: ApsOptions = {}): Promise<Aps> {
  const aps = await startAps(options);
  onTestFinished(() => aps.stop());
  return aps;
}

/** The simulator and a 2-legged token for it; stopped after the test. */
export async function openCaller(options: ApsOptions = {}): Promise<Caller> {
  const aps = await openAps(options);
  return callAs(aps, aps.issueToken());
}

export function callAs(aps: Aps, token: string): Caller {
  const call: Caller['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(aps.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
  };
  return {
    aps,
    token,
    call,
    async createHook(system, event, body, region = 'US') {
      const headers = { 'x-ads-region': region };
      const answer = await call('POST', `/webhooks/v1/systems/${system}/events/${event}/hooks`, body, headers);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      return String(answer.headers.get('location')).split('/').pop() ?? '';
    },
    hook(id) {
      const found = aps.hooks().find((hook) => hook.hookId === id);
      if (!found) throw new Error(`no hook ${id}`);
      return found;
    },
  };
}
