import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type BackupScene, type Depot, openBackupScene, openDepot } from '../../support/backup-connector.ts';
import { until } from '../../support/temporary.ts';

const canary = 'cAnaRy7Fe0d4C3b2A1908f7e6d5c4b3a2';

/** A partial file may be deleted before it is read. */
function absent(error: NodeJS.ErrnoException): string {
  if (error.code !== 'ENOENT') throw error;
  return '';
}

/** The places among everything that a user, a log or a file on disk shows where the canary is. */
async function placesOf({ host }: BackupScene, id: string): Promise<string[]> {
  const shown: Record<string, unknown> = {
    backups: await host.ask('backups.list', {}),
    accounts: await host.ask('backups.accounts', {}),
    events: await host.ask('events.list', {}),
    rejections: await host.ask('rejections.list', {}),
    status: await host.ask('status.get', {}),
    'doctor, one hook': await host.ask('doctor.run', { hook: id }).catch(() => undefined),
    doctor: await host.ask('doctor.run', {}),
    notifications: host.notes,
    log: host.lines,
    changes: host.changes,
    settings: [...host.values],
  };
  const texts = Object.entries(shown).map(([place, value]) => [place, JSON.stringify(value) ?? ''] as const);
  const entries = await readdir(host.folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const contents = await Promise.all(
    files.map(async (file) => [file, `${file} ${await readFile(file, 'latin1').catch(absent)}`] as const),
  );
  return [...texts, ...contents]
    .filter(([, text]) => text.toLowerCase().includes(canary.toLowerCase()))
    .map(([place]) => place);
}

type Arrangement = (depot: Depot, origin: string) => string | RingbackError;

const redirectTo =
  (location: (origin: string) => string): Arrangement =>
  (depot, origin) => {
    depot.respond = (_request, response) => void response.writeHead(302, { location: location(origin) }).end();
    return `${origin}/start?key=${canary}`;
  };

const answering =
  (status: number, type: string, body: (origin: string) => string): Arrangement =>
  (depot, origin) => {
    depot.respond = (_request, response) => void response.writeHead(status, { 'content-type': type }).end(body(origin));
    return `${origin}/owner backup.zip?sig=${canary}&se=2026`;
  };

test.each<[string, Arrangement]>([
  ['with blanks, answered 404', answering(404, 'text/plain', () => 'Not here.')],
  ['quoted in an error page', answering(500, 'text/html', (origin) => `<h1>${origin}/a b?sig=${canary}</h1>`)],
  [
    'quoted in an error in JSON',
    answering(
      200,
      'application/json',
      (origin) => `{"error":"no such ${origin}/x y.zip?a=1&X-Amz-Signature=${canary}"}`,
    ),
  ],
  ['quoted in a note', answering(200, 'text/plain', (origin) => `failed: ${origin}/${canary}/a.zip`)],
  ['with a password', (_, origin) => origin.replace('//', `//me:${canary}@`)],
  ['of another scheme', () => `ftp://files.example/a.zip?key=${canary}`],
  ['without encryption', () => `http://files.example/a b.zip?key=${canary}`],
  ['that leads nowhere', () => `https://127.0.0.1:9/${canary}/a.zip?key=${canary}`],
  ['that is none', () => `https://[not an address]/?key=${canary}`],
  ['that redirects to http', redirectTo(() => `http://files.example/ü b?key=${canary}`)],
  ['that redirects to itself', redirectTo((origin) => `${origin}/again?key=${canary}`)],
  ['that redirects to a file', redirectTo(() => `file:///etc/passwd?key=${canary}`)],
  [
    'in the words of the provider',
    () => new RingbackError('provider', `No https://files.example/a b?key=${canary} yet.`),
  ],
  ['with the key in its path, downloaded', (_, origin) => `${origin}/${canary}?key=${canary}`],
])('the key of an address %s appears nowhere', { timeout: 120_000 }, async (_name, arrange) => {
  const depot = await openDepot();
  const scene = await openBackupScene({ ports: { wait: async () => {} } }, depot);
  const arranged = arrange(depot, new URL(depot.fileUrl).origin);
  if (typeof arranged === 'string') depot.results.set('handle-1', { kind: 'files', urls: [arranged] });
  else depot.resolveFailure = arranged;
  const { id } = await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  await scene.call('handle-1');
  await until(async () =>
    (await scene.host.ask('backups.list', {})).some(({ state, problem }) => state === 'done' || problem),
  );
  expect(await placesOf(scene, id)).toEqual([]);
});
