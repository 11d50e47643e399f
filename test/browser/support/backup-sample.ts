import type { Backup, BackupAccount } from '../../../preload/contract/index.ts';
import { autoflex, busySample, type Sample } from './sample.ts';

const hour = 3_600_000;
const folder = '/home/kim/Backups/Autohaus Nord';
const sha256 = 'a3f1c29d07be5d4410c7f2a96cd8e0b35f7714e2bb90d6c5831fa2e47d0c9b68';

/** The instant so many hours ago. */
export const hoursAgo = (hours: number) => new Date(Date.now() - hours * hour).toISOString();

/** A finished backup unless said otherwise. */
export function backup(id: string, hours: number, more: Partial<Backup> = {}): Backup {
  return {
    id,
    connection: 'nord',
    request: 'owner',
    title: 'Backup of Autohaus Nord',
    state: 'done',
    by: 'plan',
    createdAt: hoursAgo(hours + 0.4),
    updatedAt: hoursAgo(hours),
    doneAt: hoursAgo(hours),
    file: `${folder}/backup-${id}.zip`,
    bytes: 1_812_345_678,
    total: 1_812_345_678,
    sha256,
    ...more,
  };
}

/** One that is not finished; nothing of a file is known. */
export function running(id: string, state: Backup['state'], more: Partial<Backup> = {}): Backup {
  const { connection, request, title, by } = backup(id, 0);
  const createdAt = hoursAgo(0.1);
  return { id, connection, request, title, by, state, createdAt, updatedAt: createdAt, ...more };
}

export const downloading = running('running', 'downloading', {
  by: 'user',
  bytes: 781_308_641,
  total: 1_812_345_678,
  rate: 12_400_000,
  remaining: 84,
});

const failed = running('failed', 'failed', {
  createdAt: hoursAgo(50),
  problem: 'The server sent a web page instead of a file.',
  advice: 'Sign in at Autoflex10 once to see what it says, then request it again.',
});

export function account(more: Partial<BackupAccount> = {}): BackupAccount {
  return {
    connection: 'nord',
    name: 'Autohaus Nord',
    requests: autoflex.backups ?? [],
    lastProven: { id: 'newest', at: hoursAgo(9), bytes: 1_812_345_678, file: `${folder}/backup-newest.zip` },
    plan: {
      schedule: { every: 'day', at: '03:00' },
      keep: { last: 3, daily: 7, weekly: 4, monthly: 0 },
      overdueHours: 36,
    },
    nextAt: new Date(Date.now() + 15 * hour).toISOString(),
    overdue: false,
    ...more,
  };
}

/** One account of Autoflex10 with every kind of end behind it, and one backup under way. */
export function backupSample(): Sample {
  return {
    ...busySample(20),
    connections: [{ id: 'nord', connector: 'autoflex', name: 'Autohaus Nord', settings: {} }],
    accounts: [account()],
    backups: [
      structuredClone(downloading),
      backup('newest', 9, { verification: { at: hoursAgo(1), state: 'good' } }),
      backup('second', 33),
      failed,
      running('silent', 'timed-out', {
        createdAt: hoursAgo(57),
        problem: 'No callback came within 6 hours.',
        advice:
          'Likely causes: the tunnel showed its reminder page to the provider instead of passing the call on; the provider is busy or gave up. Check the tunnel in the settings, then request it again.',
      }),
      running('cut', 'failed', {
        createdAt: hoursAgo(70),
        problem: 'The disk is full: 1.8 GB are needed and 0.4 GB are free.',
        advice: 'What was fetched is kept: go on with it under Backups.',
        resumable: true,
      }),
      backup('altered', 81, {
        verification: { at: hoursAgo(40), state: 'altered', reason: 'Its content is no longer what was verified.' },
      }),
      {
        ...running('stock', 'done', { title: 'Stock list of Autohaus Nord', request: 'stock', by: 'user' }),
        createdAt: hoursAgo(90),
        doneAt: hoursAgo(89.9),
        result: '{"vehicles":412,"asOf":"2026-01-31"}',
      },
      backup('several', 105, {
        files: [`${folder}/backup-several.zip`, `${folder}/attachments-several.zip`],
      }),
      backup('gone', 800, { removedAt: hoursAgo(100) }),
    ],
    pruning: {
      keep: [
        { id: 'newest', reasons: ['last', 'daily'] },
        { id: 'second', reasons: ['last', 'daily', 'oldest, weekly'] },
      ],
      remove: ['altered', 'several'],
    },
  };
}

/** A missing backup, a plan that waits, an account without any, and one whose request hangs. */
export function troubledSample(): Sample {
  const sample = backupSample();
  const [first] = sample.accounts;
  if (!first) throw new Error('The sample is empty.');
  const { lastProven: _, nextAt: __, ...bare } = first;
  return {
    ...sample,
    accounts: [
      {
        ...first,
        lastProven: { id: 'second', at: hoursAgo(41), bytes: 1_812_345_678, file: `${folder}/backup-second.zip` },
        overdue: true,
        waiting: 'There is no network.',
      },
      {
        ...bare,
        connection: 'sued',
        name: 'Autohaus Süd',
        plan: { schedule: null, keep: null, overdueHours: null },
      },
      { ...first, connection: 'west', name: 'Autohaus West', requests: first.requests.slice(0, 1) },
    ],
    backups: [
      running('hanging', 'requested', {
        connection: 'sued',
        title: 'Backup of Autohaus Süd',
        advice:
          'The public address was bell-1942.example.net when it was requested and is bell-77.example.net now, so the callback cannot arrive. Request it again.',
      }),
      running('proving', 'downloading', {
        connection: 'west',
        title: 'Backup of Autohaus West',
        bytes: 812_345_678,
        total: 812_345_678,
        proving: true,
      }),
      ...sample.backups.filter(({ id }) => id !== 'running' && id !== 'newest'),
    ],
  };
}
