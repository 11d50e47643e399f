import { expect, test } from 'vitest';
import { signatureMessages } from '../../../main/connectors/aps/signature-messages.ts';
import {
  alertMessages,
  backupMessages,
  causeMessage,
  connectionMessages,
  followedBy,
  type Message,
  networkMessages,
  proxyMessages,
  referenceOf,
  tunnelUnavailable,
  withCause,
} from '../../../main/engine/messages/index.ts';
import type { MessageReference } from '../../../preload/contract/index.ts';
import { MessageReference as Reference } from '../../../preload/contract/index.ts';
import { germanMessages } from '../../../preload/languages/de/index.ts';
import { translate } from '../../../preload/languages/index.ts';

const german = (message: MessageReference): string | undefined => translate(germanMessages, message);

/** Sentences whose parameters share names. */
const sentences = [
  backupMessages.noResponse(),
  networkMessages.unreachable({ host: 'one.example', cause: 'ECONNREFUSED' }),
  networkMessages.unreachable({ host: 'two.example', cause: 'ENOTFOUND' }),
  networkMessages.timeout({ host: 'three.example' }),
  proxyMessages.passwordLost(),
  connectionMessages.hooksStay(),
];

/** Numbers that are the same in every run (a linear congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

interface Joined {
  readonly message: Message;
  readonly parts: readonly Message[];
}

/** Messages joined in any order and depth, with the sentences that they consist of. */
function join(next: (below: number) => number, depth: number): Joined {
  const message = sentences[next(sentences.length)] as Message;
  if (depth === 0) return { message, parts: [message] };
  const [first, second] = [join(next, next(depth)), join(next, next(depth))];
  const { text, ...reason } = second.message;
  const isCause = next(2) === 0;
  return {
    message: isCause ? withCause(first.message, { message: text, reason }) : followedBy(first.message, second.message),
    parts: [...first.parts, ...second.parts],
  };
}

test('messages that follow each other lose no sentence in another language, however deep', () => {
  const next = numbers(7);
  for (let round = 0; round < 300; round += 1) {
    const { message, parts } = join(next, next(8));
    expect(message.text).toBe(parts.map(({ text }) => text).join(' '));
    const crossed = Reference.parse(JSON.parse(JSON.stringify(referenceOf(message))));
    expect(german(crossed)).toBe(parts.map(german).join(' '));
  }
});

test('a cause in the words of others follows the translated message as it is', () => {
  const message = withCause(backupMessages.noResponse(), { message: 'The quota is used up.' });
  expect(german(message)).toBe(`${german(backupMessages.noResponse())} The quota is used up.`);
});

test('why there is no public URL stands between what happened and what to do', () => {
  const cause = networkMessages.unreachable({ host: 'one.example', cause: 'ECONNREFUSED' });
  const message = tunnelUnavailable(cause.text, referenceOf(cause));
  expect(message.text).toBe(`There is no public URL. ${cause.text} Try again later, or check Settings → Tunnel.`);
  expect(german(message)).toContain(`Es gibt keine öffentliche URL. ${german(cause)} Versuchen Sie es später erneut`);
});

test('a parameter that holds a sentence names no further message', () => {
  const catalogue = { tray: { unreachable: 'Nicht erreichbar: {{problem}}' } };
  const message = { code: 'tray.unreachable', params: { problem: 'Der Server antwortet nicht. Prüfen Sie ihn.' } };
  expect(translate(catalogue, message)).toBe('Nicht erreichbar: Der Server antwortet nicht. Prüfen Sie ihn.');
});

test.each(['token', 'secret', 'v1', 'signature'])('a message within another keeps its words: %s', (prefix) => {
  const reason = signatureMessages.otherPrefix({ prefix });
  const { text, params } = alertMessages.rejected({ count: 3, reason });
  expect([text.includes(reason.text), params.reason]).toEqual([true, reason.text]);
});

test.each(['bad decrypt', '', 7, null, {}, { code: 'ERR_X' }, { params: {} }])(
  'an error whose "reason" is no message is told in its own words: %j',
  (reason) => {
    const { code, text } = causeMessage(Object.assign(new Error('it failed'), { reason }));
    expect([code, text]).toEqual(['verbatim.text', 'it failed']);
  },
);
