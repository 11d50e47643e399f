import { describe, expect, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import {
  envelope,
  lineage,
  projectFiles,
  projectId,
  projectRoot,
  pump,
  samples,
  structural,
  version,
} from '../../fixtures/aps-callbacks.ts';
import { delivery } from '../deliveries.ts';

const read = (body: unknown, options?: Parameters<typeof delivery>[1]) => apsWebhooks.read(delivery(body, options));
const known = { [lineage]: 'Tower.rvt', [structural]: 'Structural' };

type Name = keyof typeof samples;
const expected: Readonly<Record<Name, readonly [title: string, outcome: string, summary?: string]>> = {
  versionAdded: ['Tower.rvt: version 3 added', 'info', 'Project Files / Structural · 18.4 MB · by Noor Sample'],
  versionModified: ['Tower.rvt: version 3 changed', 'info', 'Project Files / Structural · 18.4 MB'],
  versionProcessed: ['Tower.rvt: version 3 processed', 'success', 'Project Files / Structural · 18.4 MB'],
  versionHidden: ['Tower.rvt: version 3 hidden or deleted', 'info', 'Project Files / Structural · 18.4 MB'],
  versionDeleted: ['Tower.rvt: deleted', 'info', 'Project Files / Structural · 18.4 MB'],
  versionMoved: ['Tower.rvt: moved to Structural', 'info', 'Project Files / Structural · 18.4 MB'],
  versionMovedOut: ['Tower.rvt: moved away', 'info', 'Project Files / Structural · 18.4 MB'],
  versionCopied: ['File Kq3vTn8w: copied', 'info', '18.4 MB'],
  versionCopiedOut: ['File Kq3vTn8w: copied elsewhere', 'info', '18.4 MB'],
  reserved: ['Tower.rvt: locked by Noor Sample', 'info', 'Project Files / Structural · 18.4 MB'],
  unreserved: ['Tower.rvt: unlocked by Ola Sample', 'info', 'Project Files / Structural · 18.4 MB'],
  lineageUpdated: ['Tower.rvt: details changed', 'info', 'Project Files / Structural · 18.4 MB · by Noor Sample'],
  folderAdded: ['Folder Issued: added', 'info', 'Project Files / Structural'],
  folderModified: ['Folder Issued: changed', 'info', 'Project Files / Structural'],
  folderHidden: ['Folder Issued: hidden or deleted', 'info', 'Project Files / Structural'],
  folderDeleted: ['Folder Issued: deleted', 'info', 'Project Files / Structural'],
  folderPurged: ['Folder Issued: removed for good', 'info', 'Project Files / Structural'],
  folderMoved: ['Folder Issued: moved', 'info', 'Project Files / Structural'],
  folderMovedOut: ['Folder Issued: moved away', 'info', 'Project Files / Structural'],
  folderCopied: ['Folder Issued: copied', 'info', 'Project Files / Structural'],
  folderCopiedOut: ['Folder Issued: copied elsewhere', 'info', 'Project Files / Structural'],
  operationStarted: ['Delete folder started: Issued', 'info', 'Project Files'],
  operationCompleted: ['Delete folder finished: Issued', 'success', 'Project Files'],
  operationFailed: ['Delete folder failed: Issued', 'failed', 'Project Files'],
  translated: ['Translation finished: pump.ipt', 'success', 'Workflow nightly-svf2'],
  translationFailed: ['Translation failed: pump.ipt', 'failed', 'Workflow nightly-svf2'],
  translationTimedOut: ['Translation timed out: pump.ipt', 'failed', 'Workflow nightly-svf2'],
  translating: ['Translation in progress: pump.ipt', 'info', 'Workflow nightly-svf2'],
  publishQueued: ['Revit model e27b90d4: publishing queued', 'info', 'Model version 7'],
  publishStarted: ['Revit model e27b90d4: publishing started', 'info', 'Model version 7'],
  syncStarted: ['Revit model e27b90d4: synchronising started', 'info', 'Model version 7'],
  synced: ['Revit model e27b90d4: synchronised', 'success', 'Model version 7'],
  itemCreated: ['PN-001042 Bracket: created', 'info', 'BOREAS, workspace 57'],
  itemUpdated: ['PN-001042 Bracket: updated', 'info', 'BOREAS, workspace 57'],
  itemCloned: ['PN-001043 Bracket, long: cloned from PN-001042 Bracket', 'info', 'BOREAS, workspace 57'],
  itemReleased: ['Item 10342: released', 'info', 'BOREAS, workspace 57'],
  transition: ['PN-001042 Bracket: workflow step taken', 'info', 'BOREAS, workspace 57'],
  issueCreated: ['Issue d94a6b13: created', 'info', 'Status open · due 2026-05-02'],
  issueUpdated: ['Issue d94a6b13: updated', 'info', 'Status open · changed: watcher objects, status · due 2026-05-02'],
  reviewCreated: ['Review 12: created', 'info', 'Round 1'],
  reviewClosed: ['Review 12: closed', 'info', 'Round 2'],
  reviewFailed: ['Review 13: could not be created', 'failed', 'malware detected · Round 1'],
  bidCreated: ['Bid 64b0f2c9: created', 'info'],
  opportunityStatus: ['Opportunity 64b0f2c9: now won', 'info'],
  commentDeleted: ['Opportunity 64b0f2c9: comment deleted', 'info', 'Ola Sample · Please call back.'],
  budgetUpdated: ['Budget updated: Concrete', 'info'],
  tandemAlert: ['Tandem alert: Facility', 'info'],
  unknown: [
    'star.ignited-2.0: Rigel-Be',
    'info',
    'Ringback does not know this kind of event; its text is stored as it came.',
  ],
};
const all = Object.entries(samples) as [Name, (typeof samples)[Name]][];

test.each(all)('%s is told in words for people', (name, sample) => {
  const { title, outcome, summary } = read(envelope(sample));
  expect([title, outcome, ...(summary === undefined ? [] : [summary])]).toEqual(expected[name]);
});

test.each(all)('%s keeps its system, event and resource', (_, sample) => {
  const { system, event, resource } = read(envelope(sample));
  expect({ system, event }).toEqual({ system: sample.system, event: sample.event });
  if (sample.resourceUrn) expect(resource).toBe(sample.resourceUrn);
});

describe('names', () => {
  test('an upload teaches the name of the file and of its folder', () => {
    expect(read(envelope(samples.versionAdded)).resourceNames).toEqual({
      [lineage]: 'Tower.rvt',
      [structural]: 'Structural',
    });
  });

  test('a moved file teaches the name of the folder that its hook watches, which may lie above that of the file', () => {
    const body = envelope(samples.versionMoved, { scope: { folder: projectFiles } });
    expect(read(body).resourceNames).toMatchObject({ [structural]: 'Structural', [projectFiles]: 'Project Files' });
    const watchesAll = envelope(samples.versionMoved, { scope: { folder: projectRoot } });
    expect(Object.values(read(watchesAll).resourceNames ?? {})).not.toContain(`${projectId}-root-folder`);
  });

  test.each([
    ['publishQueued', 'Tower.rvt: publishing queued', 'Model version 7 · Structural'],
    ['publishStarted', 'Tower.rvt: publishing started', 'Model version 7 · Structural'],
    ['versionCopied', 'Tower.rvt: copied', '18.4 MB'],
  ] as const)('%s without a name is told by what earlier events taught', (name, title, summary) => {
    expect(read(envelope(samples[name]), { names: known })).toMatchObject({ title, summary });
  });

  test('a cloud model that was named once is named without its lineage too', () => {
    const { resourceNames: learned = {} } = read(envelope(samples.publishQueued), { names: known });
    const bare = read(samples.publishStarted.payload, { names: learned });
    expect(bare.title).toBe('Tower.rvt: publishing started');
  });

  test('the translation of a file in a project is named by the file', () => {
    const urn = Buffer.from(version).toString('base64url');
    const body = {
      ...envelope(samples.translated),
      resourceUrn: urn,
      payload: { ...samples.translated.payload, URN: urn },
    };
    expect(read(body, { names: known }).title).toBe('Translation finished: Tower.rvt');
    expect(read(body).title).toBe('Translation finished: file Kq3vTn8w');
  });

  test.each([
    [
      'standard Base64 with padding',
      Buffer.from('urn:adsk.objects:os.object:b/Büro >>> ???.rvt').toString('base64'),
      'Büro >>> ???.rvt',
    ],
    [
      'a key with folders',
      Buffer.from('urn:adsk.objects:os.object:b/a%2Fb%2Fgear.step').toString('base64url'),
      'gear.step',
    ],
    [
      'a key with a lonely percent sign',
      Buffer.from('urn:adsk.objects:os.object:b/100%.ipt').toString('base64url'),
      '100%.ipt',
    ],
    ['a plain URN', 'urn:adsk.objects:os.object:b/plain.ipt', 'plain.ipt'],
    ['something else', 'bm90IGEgdXJuIGF0IGFsbA', 'file bm90IGEg'],
  ])('the name of a translated object is found in %s', (_, urn, name) => {
    const payload = { ...samples.translated.payload, URN: urn };
    expect(read({ ...envelope(samples.translated), resourceUrn: urn, payload }).title).toBe(
      `Translation finished: ${name}`,
    );
  });

  test('people can search for the file, the folder and the person', () => {
    expect(read(envelope(samples.versionAdded)).names).toEqual(['Tower.rvt', 'Structural', 'Noor Sample']);
  });

  test('folders the service keeps for itself are not shown', () => {
    const name = '3b6f1c52-7d0a-4c39-9a57-5e2d8f4b1a60-root-folder';
    const body = envelope({ ...samples.folderAdded, payload: { ...samples.folderAdded.payload, name } });
    expect(read(body).title).toBe('Folder Pa4cLs7j: added');
  });

  test('a name cannot break the line or turn the writing around', () => {
    const name = `a\u202egpj.exe\n\u0007b${'x'.repeat(500)}`;
    const { title } = read(envelope({ ...samples.versionAdded, payload: { ...samples.versionAdded.payload, name } }));
    expect(title).toMatch(/^a gpj\.exe bx+…: version 3 added$/);
    expect(title.length).toBeLessThan(150);
  });
});

describe('events that are not named', () => {
  const pattern = (event: string, system?: string) => ({ event, scope: {}, ...(system ? { system } : {}) });
  const ambiguous: readonly Name[] = [
    'folderPurged', // Looks exactly like a deleted folder.
    'versionMovedOut', // Looks exactly like the other end of the move.
    'versionCopiedOut',
    'folderMovedOut',
    'folderCopiedOut',
    'operationFailed',
    'itemCreated', // Fusion Manage bodies do not tell what happened.
    'itemUpdated',
    'itemReleased',
    'transition',
    'issueCreated',
    'budgetUpdated',
    'tandemAlert',
    'unknown',
  ];

  test.each(all.filter(([name]) => !ambiguous.includes(name)))(
    '%s is recognised by its payload alone',
    (name, sample) => {
      const [title] = expected[name];
      expect(read(sample.payload)).toMatchObject({ title, event: sample.event, system: sample.system });
    },
  );

  test.each(all.filter(([name]) => !ambiguous.includes(name)))('%s is recognised behind a pattern', (name, sample) => {
    const { title, event } = read(envelope(sample, { event: '*' }), { registered: pattern('*', sample.system) });
    expect([title, event]).toEqual([expected[name][0], sample.event]);
  });

  test('a pattern decides where the payload leaves a choice', () => {
    const moved = read(envelope(samples.versionMoved, { event: 'dm.version.moved.*' }));
    expect(moved.event).toBe('dm.version.moved.out');
    const purged = read(envelope(samples.folderPurged, { event: '*.purged' }));
    expect(purged).toMatchObject({ event: 'dm.folder.purged', title: 'Folder Issued: removed for good' });
    const created = read(envelope(samples.itemCreated, { event: '*.create' }));
    expect(created).toMatchObject({ event: 'item.create', title: 'PN-001042 Bracket: created' });
  });

  test('where nothing decides, the pattern is shown', () => {
    expect(read(envelope(samples.itemUpdated, { event: 'item.*' }))).toMatchObject({
      event: 'item.*',
      title: 'PN-001042 Bracket: changed',
    });
    expect(read(envelope(samples.unknown, { event: 'star.*' }))).toMatchObject({
      event: 'star.*',
      title: 'Unknown event (star.*): Rigel-Be',
    });
  });

  test('the event the hook was registered for counts where the body names none', () => {
    const registered = { system: 'adsk.flc.production', event: 'item.release', scope: {} };
    expect(read(samples.itemUpdated.payload, { registered })).toMatchObject({
      event: 'item.release',
      title: 'PN-001042 Bracket: released',
    });
  });

  test('a wrapped payload without its hook is read like a bare one', () => {
    const { payload, resourceUrn } = samples.translated;
    const wrapped = read({ version: '1.0', resourceUrn, payload });
    const bare = read(payload);
    expect({ ...wrapped, contentHash: wrapped.contentHash?.() }).toEqual({
      ...bare,
      contentHash: bare.contentHash?.(),
    });
    expect(wrapped.resource).toBe(pump);
  });
});

describe('time', () => {
  test.each([
    ['2026-04-21T13:05:09+0000', '2026-04-21T13:05:09.000Z'],
    ['2026-04-21T15:05:09+02:00', '2026-04-21T13:05:09.000Z'],
    ['2026-04-21T08:35:09-0430', '2026-04-21T13:05:09.000Z'],
    ['2026-04-21T13:05:09.250Z', '2026-04-21T13:05:09.250Z'],
    ['2026-04-21T13:05:09', '2026-04-21T13:05:09.000Z'],
    [1_776_776_709_000, '2026-04-21T13:05:09.000Z'],
  ])('%s is understood', (modifiedTime, iso) => {
    const { time } = read(
      envelope({ ...samples.folderAdded, payload: { ...samples.folderAdded.payload, modifiedTime } }),
    );
    expect(time).toBe(Date.parse(iso));
  });

  test.each(['yesterday', '3', '', null, -1, 0, 1e300, Number.NaN, {}, []])('%j is no time', (modifiedTime) => {
    const reading = read(
      envelope({ ...samples.folderAdded, payload: { ...samples.folderAdded.payload, modifiedTime } }),
    );
    expect(reading).not.toHaveProperty('time');
    expect(reading).not.toHaveProperty('identity');
  });

  test('a lock has the time of the lock, not of the file', () => {
    expect(read(envelope(samples.reserved)).time).toBe(Date.parse('2026-04-21T13:30:00Z'));
  });
});

describe('identity', () => {
  const identity = (body: unknown) => read(body).identity;
  const dated: readonly Name[] = [
    'versionAdded',
    'versionModified',
    'versionProcessed',
    'versionHidden',
    'reserved',
    'unreserved',
    'lineageUpdated',
    'folderAdded',
    'folderModified',
    'folderHidden',
    'operationStarted',
    'operationCompleted',
    'operationFailed',
    'translated',
    'translationFailed',
    'translationTimedOut',
    'translating',
    'issueCreated',
    'issueUpdated',
  ];

  test('only events whose payload carries their own time have one, each its own', () => {
    const given = all.filter(([, sample]) => identity(envelope(sample)) !== undefined).map(([name]) => name);
    expect(given).toEqual(dated);
    expect(new Set(given.map((name) => identity(envelope(samples[name])))).size).toBe(dated.length);
  });

  test('a retry is the same event, though the hook describes itself again', () => {
    const retry = envelope(samples.translated, { status: 'reactivated', lastUpdatedDate: '2026-05-01T00:00:00.000Z' });
    expect(identity(retry)).toBe(identity(envelope(samples.translated)));
  });

  test('two changes within one second are two events', () => {
    const with_ = (state: string) => {
      const payload = { ...samples.versionProcessed.payload, 'custom-metadata': { 'storm:process-state': state } };
      return identity(envelope({ ...samples.versionProcessed, payload }));
    };
    expect(with_('PROCESSING')).not.toBe(with_('EXTRACTION_PENDING'));
  });
});

describe('anything at all', () => {
  test.each(['{"a":', '', 'hello', '{"version":"1.0"', '\u0000'])(
    '%j is not JSON, and is said to be unreadable',
    (body) => {
      expect(() => read(body)).toThrow(SyntaxError);
    },
  );

  test.each(['null', '[]', '"text"', '17', 'true', '[[{"payload":{}}]]'])('the JSON %s is no callback', (body) => {
    expect(() => read(body)).toThrow(TypeError);
  });

  test.each(['{}', '{"hook":null,"payload":null}'])('the JSON %s has a title', (body) => {
    expect(read(body).title).toBe('Unknown event (*)');
  });

  test.each(['{}', '{"foo":1}', '{"specversion":"1.0","type":"autodesk.data.pim:events.milestone.created-1.0.0"}'])(
    'the JSON %s is not taken for what its hook was registered for',
    (body) => {
      const registered = { system: 'derivative', event: 'extraction.finished', scope: {} };
      expect(read(body, { registered })).toMatchObject({
        event: 'extraction.finished',
        title: 'Unknown event (extraction.finished)',
        outcome: 'info',
      });
    },
  );

  test('very deep nonsense is read', () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const body = JSON.stringify(envelope(samples.translated)).replace('"registerKey":[]', `"registerKey":${deep}`);
    expect(read(body).title).toBe('Translation finished: pump.ipt');
  });

  test('a byte order mark is no obstacle', () => {
    expect(read(`\ufeff${JSON.stringify(envelope(samples.translated))}`).title).toBe('Translation finished: pump.ipt');
  });

  test('damaged callbacks are told without a throw, a line break or a URN', () => {
    const random = createRandom(20_260_421);
    for (let round = 0; round < 1500; round += 1) {
      const sample = all[Math.floor(random() * all.length)]?.[1] ?? samples.unknown;
      const body = JSON.stringify(damaged(envelope(sample), random));
      if (!body.startsWith('{')) continue;
      const reading = read(body, { names: known });
      expect(reading.title, body).toMatch(/^(?!.*urn:adsk)[^\n\r]{1,200}$/);
      expect(['success', 'failed', 'info'], body).toContain(reading.outcome);
      expect(reading.time === undefined || !Number.isNaN(new Date(reading.time).valueOf()), body).toBe(true);
      for (const text of [
        reading.event ?? '',
        reading.resource ?? '',
        reading.summary ?? '',
        ...(reading.names ?? []),
      ]) {
        expect(typeof text, body).toBe('string');
      }
      for (const name of Object.values(reading.resourceNames ?? {})) expect(typeof name, body).toBe('string');
    }
  });
});

const oddities: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  '',
  ' ',
  '…',
  '%E0%A4%A',
  [],
  {},
  [null],
  { name: {} },
  '*',
  'a\nb',
  '\ud800',
];

/** The value with members dropped or replaced by oddities, here and there. */
function damaged(value: unknown, random: () => number): unknown {
  const chance = random();
  if (chance < 0.08) return oddities[Math.floor(random() * oddities.length)];
  if (Array.isArray(value)) return value.filter(() => random() > 0.1).map((member) => damaged(member, random));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(() => random() > 0.08);
  return Object.fromEntries(kept.map(([name, member]) => [name, damaged(member, random)]));
}

/** The same numbers each time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
