import { expect, test } from 'vitest';
import type { Delivery, Reading } from '../../../main/engine/connector/index.ts';
import { openBellHost } from '../../support/bell-host.ts';
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
  await until(async () => (await host.ask('events.list', {})).events.length === 3);
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
