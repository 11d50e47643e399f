import { randomUUID } from 'node:crypto';
import type { Hook, ParsedInput } from '../../../preload/contract/index.ts';
import type { Connector } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { fits, isPattern } from '../event-pattern.ts';
import { sampleHeader } from '../ingress/index.ts';
import { forwardMessages } from '../messages/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import { describeUnreachable } from '../requests/index.ts';

export interface SampleSender {
  /** Throws not-found. */
  hookWithId(id: string): Hook;
  connectionOf(id: string): { readonly connection: { readonly name: string }; readonly connector: Connector };
  /** Undefined where deliveries to the hook cannot be signed here. */
  signingOf(hook: Hook): { readonly secret: string; readonly sign: NonNullable<Connector['sign']> } | undefined;
  readonly fetch: typeof globalThis.fetch;
  now(): number;
}

const timeout = 10_000;

/** The contract's question for a sample. */
export function sampleMethods(sender: SampleSender): MethodHandlers<MethodsOf<'samples'>> {
  return { 'samples.send': (input) => sendSample(input, sender) };
}

async function sendSample(
  { hook: id, event: chosen, set = {} }: ParsedInput<'samples.send'>,
  { hookWithId, connectionOf, signingOf, fetch, now }: SampleSender,
): Promise<{ readonly deliveryId: string }> {
  const hook = hookWithId(id);
  const { connection, connector } = connectionOf(hook.connection);
  const signing = signingOf(hook);
  if (!connector.sample || !signing)
    throw new RingbackError('invalid-input', forwardMessages.noSample({ connection: connection.name }));
  const deliveryId = randomUUID();
  const request = { system: hook.system, event: eventOf(hook, chosen), scope: hook.scope };
  const { headers, body } = connector.sample(request, deliveryId, now());
  const bytes = Buffer.from(JSON.stringify(Object.entries(set).reduce(withMember, body)));
  const response = await post(fetch, hook.callbackUrl, bytes, {
    ...headers,
    ...signing.sign(bytes, signing.secret),
    [sampleHeader]: deliveryId,
  });
  if (response.status !== 204)
    throw new RingbackError('provider', forwardMessages.sampleRejected({ status: response.status }));
  return { deliveryId };
}

function eventOf(hook: Hook, chosen: string | undefined): string {
  const event = chosen ?? hook.event;
  if (isPattern(event)) throw new RingbackError('invalid-input', forwardMessages.sampleNeedsEvent({ event }));
  if (fits(hook.event, event)) return event;
  throw new RingbackError('invalid-input', forwardMessages.sampleForeignEvent({ hookEvent: hook.event, event }));
}

async function post(
  fetch: SampleSender['fetch'],
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'bypass-tunnel-reminder': 'ringback' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    return response;
  } catch (cause) {
    const reason = describeUnreachable(cause);
    throw new RingbackError('offline', forwardMessages.sampleUnreachable({ reason }), { cause });
  }
}

type Body = Readonly<Record<string, unknown>>;

/** The body with the member at this dotted path. */
function withMember(body: Body, [path, value]: readonly [string, unknown]): Body {
  const [name = '', ...rest] = path.split('.');
  if (name === '' || name === '__proto__')
    throw new RingbackError('invalid-input', forwardMessages.samplePath({ path }));
  if (rest.length === 0) return { ...body, [name]: value };
  const inner = Object.hasOwn(body, name) ? body[name] : {};
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner))
    throw new RingbackError('invalid-input', forwardMessages.samplePath({ path }));
  return { ...body, [name]: withMember(inner as Body, [rest.join('.'), value]) };
}
