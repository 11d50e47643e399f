import { expect, test } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/connector.ts';
import { autoflex } from '../../main/connectors/autoflex/index.ts';
import { hookLabel } from '../../main/engine/hooks/index.ts';
import { applyUpdate } from '../../main/engine/jobs/apply-update.ts';
import { endNotification } from '../../main/engine/jobs/notifications.ts';
import { type JobRecord, toJob } from '../../main/engine/jobs/record.ts';
import {
  alertMessages,
  backupMessages,
  followedBy,
  forwardMessages,
  hookMessages,
  type Message,
  notificationMessages,
  storedMessage,
  translateMessage,
} from '../../main/engine/messages/index.ts';
import { MessageReference } from '../../preload/contract/index.ts';
import { delivery } from '../connectors/deliveries.ts';
import { envelope, lineage, samples, structural } from '../fixtures/aps-callbacks.ts';

const names: Readonly<Record<string, string>> = { [lineage]: 'Tower.rvt', [structural]: 'Structural' };
const versionAdded = { system: 'data', event: 'dm.version.added', scope: { folder: structural } };
const label = (hook: Parameters<typeof hookLabel>[0]): Message =>
  hookLabel(hook, apsWebhooks.hooks?.catalogue, (id) => names[id]);

/** As another process or computer reads it. */
function said(language: 'nl' | 'de', message: Message): string {
  return translateMessage(language, MessageReference.parse(JSON.parse(JSON.stringify(message))), message.text);
}

test('a hook is called by the title of its event in the language, and by its place', () => {
  expect(label(versionAdded).text).toBe('File version added · Structural');
  expect(said('nl', label(versionAdded))).toBe('Bestandsversie toegevoegd · Structural');
  expect(said('de', label(versionAdded))).toBe('Dateiversion hinzugefügt · Structural');
});

test('a hook whose event is in no catalogue is called by the event in every language', () => {
  const hook = label({ system: 'data', event: 'dm.future.*', scope: {} });
  expect([hook.text, said('nl', hook), said('de', hook)]).toEqual(['dm.future.*', 'dm.future.*', 'dm.future.*']);
});

const hook = label(versionAdded);

test.each([
  [hookMessages.moveStep({ hook }), 'Naar het nieuwe adres verplaatsen: Bestandsversie toegevoegd · Structural'],
  [hookMessages.inactive({ hook, hours: 50 }), /^Geen gebeurtenissen van Bestandsversie toegevoegd · Structural/],
  [alertMessages.rejectedTitle({ hook }), /: Bestandsversie toegevoegd · Structural$/],
  [forwardMessages.gaveUpTitle({ hook }), /: Bestandsversie toegevoegd · Structural$/],
  [
    followedBy(hookMessages.failing({ hook }), hookMessages.closing()),
    'Bestandsversie toegevoegd · Structural: Ringback sluit af.',
  ],
])('what is said about a hook calls it as the list does: %#', (message, expected) => {
  expect(said('nl', message)).toMatch(expected);
  expect(message.text).toContain('File version added · Structural');
  expect(said('de', message)).toContain('Dateiversion hinzugefügt · Structural');
});

test('a backup is called by its kind in the language, and by its account', () => {
  const [kind] = autoflex.backups?.requests ?? [];
  const request = kind && storedMessage(kind.title, kind.titleMessage);
  const title = backupMessages.title({ request: request ?? '', account: 'Garage Noord' });
  expect(title.text).toBe('Backup of Garage Noord');
  expect(said('nl', title)).toBe('Back-up van Garage Noord');
  expect(said('de', backupMessages.dataTitle({ title }))).toContain('Backup von Garage Noord');
});

test('messages that quote messages quote them at any depth, each with parameters of its own', () => {
  const inner = hookMessages.inactive({ hook, hours: 50, perDay: 3 });
  const outer = notificationMessages.latestAndFailed({ event: inner, failed: 2 });
  expect(outer.text).toContain(inner.text);
  expect(said('de', outer)).toContain(said('de', inner));
});

test('a quoted text of others is bounded and loses what disguises it, as any other', () => {
  const title = `evil\u202e.exe https://files.example/a?X-Amz-Signature=secret ${'x'.repeat(5000)}`;
  const quoted = notificationMessages.latestEvent({ event: hookMessages.label({ title, place: '' }) });
  const crossed = JSON.stringify(quoted);
  expect(crossed).not.toMatch(/\u202e|=secret/);
  expect(crossed.length).toBeLessThan(10_000);
});

/** The publishing that these callbacks report one after another. */
function jobAfter(...callbacks: readonly (keyof typeof samples)[]): JobRecord {
  let known: readonly JobRecord[] = [];
  for (const [index, callback] of callbacks.entries()) {
    const { jobs = [] } = apsWebhooks.read(delivery(envelope(samples[callback]), { names })) ?? {};
    const update = jobs.find(({ kind }) => kind === 'publishing');
    const event = { id: index, connection: 'one', receivedAt: index };
    const record = update && applyUpdate(known, update, event, true)?.record;
    known = record ? [record] : known;
  }
  const [record] = known;
  if (!record) throw new Error('The callbacks report no job.');
  return record;
}

test.each([
  [['publishQueued'], 'publiceren in de wachtrij', 'Veröffentlichung eingereiht'],
  [['publishStarted'], 'publiceren begonnen', 'Veröffentlichung begonnen'],
  [['publishStarted', 'versionAdded'], 'versie 3 gepubliceerd', 'Version 3 veröffentlicht'],
] as const)('the stage of a job is said in the language after %j', (callbacks, dutch, german) => {
  const record = jobAfter(...callbacks);
  const { stage = '', stageMessage } = toJob(record, undefined);
  expect(translateMessage('nl', stageMessage, stage)).toBe(dutch);
  expect(translateMessage('de', stageMessage, stage)).toBe(german);
  const { title, titleMessage } = endNotification(record, 20);
  expect(translateMessage('nl', titleMessage, title)).toBe(`Tower.rvt: ${dutch}`);
});

test('a stage that was stored without its message stays as it is', () => {
  const record = { ...jobAfter('publishQueued'), stage: 'something else' };
  expect(toJob(record, undefined)).toMatchObject({ stage: 'something else' });
  expect(toJob(record, undefined).stageMessage).toBeUndefined();
});
