import { onTestFinished } from 'vitest';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../../main/sandbox/autoflex/index.ts';
import { startReceiver, type TestReceiver } from '../receiver.ts';

export interface AutoflexCaller {
  readonly autoflex: AutoflexSandbox;
  readonly receiver: TestReceiver;
  readonly token: string;
  /** With the token, unless other headers are given. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** `POST /backup/owner` with the receiver's address. */
  order(): Promise<Response>;
  /** Orders a backup and gives the address of its file, as documented. */
  link(): Promise<string>;
}

export async function openCaller(options: AutoflexOptions = {}): Promise<AutoflexCaller> {
  const autoflex = await startAutoflex(options);
  onTestFinished(() => autoflex.stop());
  const receiver = await startReceiver();
  const { token } = await signIn(autoflex);
  const get: AutoflexCaller['get'] = (path, headers = { token }) => fetch(autoflex.url + path, { headers });
  const order: AutoflexCaller['order'] = () =>
    fetch(`${autoflex.url}/backup/owner`, {
      method: 'POST',
      headers: { token, 'content-type': 'application/json' },
      body: JSON.stringify({ webhook_url: receiver.url }),
    });
  return {
    autoflex,
    receiver,
    token,
    get,
    order,
    async link() {
      await order();
      const id = autoflex.orders.at(-1)?.ids[0];
      const { data } = (await (await get(`/webhook?id=${id}`)).json()) as { data: { url: string } };
      return data.url;
    },
  };
}

export async function signIn(
  { url, username, apiKey, password }: AutoflexSandbox,
  changes: Record<string, string> = {},
): Promise<{ readonly status: number; readonly token: string; readonly body: unknown }> {
  const query = new URLSearchParams({ api_key: apiKey, username, password, ...changes });
  const response = await fetch(`${url}/authenticate?${query}`);
  const body = (await response.json()) as { token?: string };
  return { status: response.status, token: body.token ?? '', body };
}
