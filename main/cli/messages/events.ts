import { defineMessages } from '../../engine/messages/index.ts';

/** Events, following and sending them, and samples. */
export const eventMessages = defineMessages('cliEvents', {
  group: () => 'Callbacks that were received and stored',
  ls: () => 'List events, the newest first',
  limit: () => 'how many',
  get: () => 'Show an event with its headers and its body',
  getBody: () => 'print the exact bytes of the body alone',
  export: () => 'Print all events as lines of JSON or as CSV',
  exportFormat: () => 'how they are printed',
  exportBody: () => 'with headers and body (ndjson only)',
  text: () => 'only those that contain this text',
  hook: () => 'only those of this hook',
  connection: () => 'only those of this connection',
  pattern: () => 'only these, such as dm.version.added or dm.*',
  outcome: () => 'only those with this outcome',
  time: () => 'a date, or a duration such as 15m, 2h or 7d',
  badLimit: ({ text }: { text: string }) => `--limit must be a number above 0, not "${text}".`,
  id: () => 'ID',
  received: () => 'RECEIVED',
  outcomeHeading: () => 'OUTCOME',
  event: () => 'EVENT',
  title: () => 'TITLE',
  none: () => 'There are no such events.',
  indexing: () => 'Older events are still being added to the search, so some may be missing here.',

  listen: () => 'Follow events live, and forward them to a handler byte for byte',
  forwardTo: () => 'such as http://localhost:3000/callback',
  signWith: () => 'sign them again with the secret in this environment variable',
  since: () => 'earlier events first: a date, or a duration such as 15m, 2h or 7d',
  signWithNeeds: ({ option }: { option: string }) => `--sign-with needs ${option}.`,
  signWithUnset: () => '--sign-with must name an environment variable that is set.',
  waiting: () => 'Waiting for events.',
  forwarding: ({ url }: { url: string }) => `Forwarding events to ${url}`,
  noResponse: () => 'no response',

  resend: () => 'Send stored events to a handler again',
  resendTo: () => 'where to; the address that the hook forwards to when absent',
  notSent: ({ ids }: { ids: string }) => `Not sent: ${ids}`,
  notAccepted: ({ failures, count }: { failures: number; count: number }) =>
    `${failures} of ${count} events were not accepted.`,

  trigger: () => "Send a signed sample of an event to a hook's public address; it is listed as a sample",
  triggerEvent: () => 'such as dm.version.added',
  triggerHook: () => 'needed where several hooks are registered for the event',
  triggerSet: () => 'replace a member, such as payload.name=Tower.rvt; may be repeated',
  delivered: ({ id }: { id: string }) => `Delivered as ${id}`,
  noHookFor: ({ event }: { event: string }) =>
    `No hook is registered for ${event}. Create one with: ringback hooks create`,
  severalHooksFor: ({ event, count }: { event: string; count: number }) =>
    `${count} hooks are registered for ${event}. Choose one with --hook.`,
});
