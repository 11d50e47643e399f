import { expect, test } from 'vitest';
import { openGarage } from '../../support/autoflex-host.ts';
import { until } from '../../support/temporary.ts';

test('a backup of Autoflex10 ends as a verified file with its own name, and is notified once', async () => {
  const garage = await openGarage();
  await garage.host.connect();
  const { file } = await garage.backUp();
  expect(file).toMatch(/backup-owner\.zip$/);
  expect(garage.autoflex.callbacks).toMatchObject([{ method: 'GET', status: 200 }]);
  expect(garage.autoflex.transfers).toMatchObject([{ from: 0, sent: 300_000, state: 'whole' }]);
  await until(() => garage.host.notes.length > 0);
  expect(garage.host.notes).toMatchObject([{ title: expect.stringMatching(/^Backup finished: .*, 300 kB$/) }]);
  expect(await garage.events()).toMatchObject([
    { title: 'Autoflex10: the backup is ready to be fetched', verified: 'address' },
  ]);
});

test('a backup of Autoflex10 that fails is notified with the reason', async () => {
  const garage = await openGarage({ order: { successCode: 500 } });
  await garage.host.connect();
  await garage.fail();
  await until(() => garage.host.notes.length > 0);
  expect(garage.host.notes).toMatchObject([
    { title: expect.stringMatching(/^Backup failed/), body: expect.stringContaining('cannot be made now') },
  ]);
});
