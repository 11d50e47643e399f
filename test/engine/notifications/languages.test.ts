import { expect, test } from 'vitest';
import type { Delivery, Reading } from '../../../main/engine/connector/index.ts';
import { bundledEvents, openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';

/** A new version of the file that the payload names, with its texts as messages. */
function read({ body }: Delivery): Reading {
  const { name, place } = JSON.parse(new TextDecoder().decode(body)) as { name: string; place: string };
  const params = { name, id: '', change: 'added', version: '2', folder: '', who: '' };
  return {
    ...{
      event: 'dm.version.added',
      title: `${name}: version 2 added`,
      titleMessage: { code: 'apsTitles.file', params },
    },
    ...{ plural: 'files added', pluralMessage: { code: 'apsPlurals.dm.version.added', params: {} }, place },
    outcome: 'info',
  };
}

test('notifications of events are shown in the language of the settings: of one, and of several', async () => {
  const clock = { ahead: 0 };
  const { host, ring } = await openBellHost({
    ...{ connector: { read }, bundleTimes: { quiet: 60_000, longest: 60_000 } },
    ports: { now: () => Date.now() + clock.ahead },
  });
  await host.ask('settings.set', { language: 'nl' });
  await ring({ name: 'Tower.rvt', place: 'Plans' });
  await until(() => host.notes.length === 1);
  expect(host.notes).toMatchObject([{ title: 'Tower.rvt: versie 2 toegevoegd' }]);
  await ring({ name: 'Bridge.rvt', place: 'Plans' });
  await ring({ name: 'Dike.rvt', place: 'Plans' });
  await until(() => bundledEvents(host.folder) === 3);
  clock.ahead = 61_000;
  await ring({ name: 'Sluice.rvt', place: 'Sections' });
  const bundle = await until(() => host.notes.find(({ count }) => count !== undefined));
  expect(bundle).toMatchObject({
    title: '2 bestanden toegevoegd in Plans',
    body: 'De laatste: Dike.rvt: versie 2 toegevoegd',
  });
  const { events } = await host.ask('events.list', { text: 'Tower' });
  expect(events).toMatchObject([{ title: 'Tower.rvt: version 2 added', titleMessage: { code: 'apsTitles.file' } }]);
});

test('a digest names its latest one in the language of the settings, also where that stands for several', async () => {
  const clock = { now: new Date(2026, 4, 1, 12).getTime() };
  const { host, ring } = await openBellHost({
    ...{ connector: { read }, bundleTimes: { quiet: 1000, longest: 1000 } },
    ports: { now: () => clock.now },
  });
  const pausedUntil = new Date(clock.now + 3_600_000).toISOString();
  await host.ask('settings.set', { language: 'de', notifications: { pausedUntil } });
  const held = (count: number) =>
    until(async () => (await host.ask('notifications.list', { unseen: true })).length === count);
  await ring({ name: 'Tower.rvt', place: 'Sections' });
  await held(1);
  for (const name of ['Bridge.rvt', 'Dike.rvt', 'Sluice.rvt']) await ring({ name, place: 'Plans' });
  await until(() => bundledEvents(host.folder) === 4);
  clock.now += 2000;
  await host.ask('settings.set', { startAtLogin: false });
  await held(3);
  await host.ask('settings.set', { notifications: { pausedUntil: null } });
  const digest = await until(() => host.notes.at(-1));
  expect(digest.body).toBe('Zuletzt: 2 Dateien hinzugefügt in Plans');
});
