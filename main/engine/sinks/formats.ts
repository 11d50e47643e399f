import { escapeMarkup } from '../messages/index.ts';
import type { OutgoingNotification } from './outgoing.ts';

type Json = Readonly<Record<string, unknown>>;

/** The JSON that a program of the user reads: later versions add fields, and change or remove none. */
export function toJson({ failed, ...notification }: OutgoingNotification): Json {
  return { source: 'ringback', version: 1, ...notification, outcome: failed ? 'failed' : 'info' };
}

/** An incoming webhook of Slack. "&", "<" and ">" are its control characters. */
export function toSlack({ title, body, failed }: OutgoingNotification): Json {
  const heading = `${failed ? ':x: ' : ''}*${escapeMarkup(title).replaceAll('*', '∗')}*`;
  return { text: body ? `${heading}\n${escapeMarkup(body)}` : heading };
}

/** A workflow of Teams that posts an adaptive card; its Markdown knows emphasis, links and lists only. */
export function toTeams({ title, body, failed }: OutgoingNotification): Json {
  const escaped = (text: string): string =>
    text
      .replace(/[\\*_[\]`~]/g, '\\$&')
      .replace(/^([ \t]*)([-+#>])/gm, '$1\\$2')
      .replace(/^([ \t]*\d{1,9})([.)])/gm, '$1\\$2');
  const block = (text: string, look: Json): Json => ({ type: 'TextBlock', text: escaped(text), wrap: true, ...look });
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      block(title, { weight: 'Bolder', size: 'Medium', ...(failed ? { color: 'Attention' } : {}) }),
      ...(body ? [block(body, {})] : []),
    ],
  };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }] };
}

/** A message to publish at a server of ntfy: the last part of the address is the topic. */
export function toNtfy(
  url: string,
  { title, body, failed, urgent }: OutgoingNotification,
): { url: string; json: Json } {
  const address = new URL(url);
  const parts = address.pathname.split('/').filter(Boolean);
  const topic = decodeURIComponent(parts.pop() ?? '');
  address.pathname = `/${parts.join('/')}`;
  const tags = [failed ? 'x' : 'bell'];
  return {
    url: address.href,
    json: { topic, title, message: body || title, tags, priority: failed || urgent ? 4 : 3 },
  };
}

/** Whether the last part of the address is a topic as ntfy accepts them. */
export function hasTopic(url: string): boolean {
  return /^[-\w]{1,64}$/.test(new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '');
}
