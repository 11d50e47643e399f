import { type Message, type NetworkFailure, networkMessages } from '../messages/index.ts';

/** Why a request got no response; reads what the host's network says of the failed step. */
export function networkFailure(error: unknown): NetworkFailure {
  const chain = causesOf(error);
  const cause = chain.findLast((one) => codeOf(one) !== '');
  const failed = chain.find((one) => typeof one.step === 'string');
  return {
    cause: cause ? codeOf(cause) : '',
    ...pick(failed, 'step'),
    ...pick(failed, 'proxy'),
    ...pick(failed, 'issuer'),
    ...pick(failed, 'credentials'),
    ...pick(failed, 'schemes'),
    ...(typeof failed?.status === 'number' ? { status: failed.status } : {}),
  };
}

/** Why a request got no response, for the end of a sentence. */
export function describeUnreachable(error: unknown): Message {
  return networkMessages.failed(networkFailure(error));
}

interface Link {
  readonly [member: string]: unknown;
}

/** The error and its causes; `fetch` wraps the system's error in others. */
function causesOf(error: unknown): readonly Link[] {
  const chain: Link[] = [];
  for (let at = error; at instanceof Error && chain.length < 10; at = at.cause) chain.push(at as unknown as Link);
  return chain;
}

function codeOf({ code, name }: Link): string {
  if (typeof code === 'string') return code;
  return name === 'TimeoutError' ? name : '';
}

function pick<Name extends 'step' | 'proxy' | 'issuer' | 'credentials' | 'schemes'>(
  link: Link | undefined,
  name: Name,
): { [N in Name]?: string } {
  const value = link?.[name];
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}
