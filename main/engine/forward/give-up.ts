import type { ForwardAttempt, MessageReference } from '../../../preload/contract/index.ts';
import { causeMessage, forwardMessages, type Message, networkMessages, referenceOf } from '../messages/index.ts';
import type { NotificationRow } from '../storage/index.ts';

interface GivenUpForward {
  readonly connection: string;
  readonly hook: string;
  /** What the user calls the hook. */
  readonly label: Message | string;
  readonly event: number;
  readonly at: number;
}

/** Says that an event was not accepted, and by what. The address is given without its path, which may grant access. */
export function gaveUpNotification(
  { connection, hook, label, event, at }: GivenUpForward,
  { url, status, problem, problemMessage }: ForwardAttempt,
): NotificationRow {
  const title = forwardMessages.gaveUpTitle({ hook: label });
  const reason = status === undefined ? causeOf(problem, problemMessage) : networkMessages.status({ status });
  const body = forwardMessages.gaveUp({
    url: URL.canParse(url) ? new URL(url).origin : label,
    reason,
  });
  return {
    ...{ event, at, title: title.text, body: body.text },
    ...{ titleMessage: referenceOf(title), bodyMessage: referenceOf(body) },
    about: { connection, hook, event: 'ringback.forward', outcome: 'failed' },
  };
}

function causeOf(problem: string | undefined, reason: MessageReference | undefined): Message {
  return problem === undefined ? networkMessages.failed({ cause: '' }) : causeMessage({ message: problem, reason });
}
