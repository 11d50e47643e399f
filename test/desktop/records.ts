import {
  type Backup,
  type BackupAccount,
  defaultSettings,
  type EventView,
  type Job,
  type Settings,
  type Status,
} from '../../preload/contract/index.ts';

export function status(part: Partial<Status>): Status {
  return {
    version: '1.0.0',
    tunnel: { provider: 'off', state: 'off' },
    receiver: { port: 4711 },
    vault: { name: 'a test' },
    warnings: [],
    sandbox: false,
    desktop: true,
    ...part,
  };
}

export function settings(part: Partial<Settings>): Settings {
  return { ...defaultSettings, ...part };
}

export function eventRow(id: string, title: string): EventView {
  return {
    id,
    hook: 'hook',
    connection: 'connection',
    receivedAt: '2026-01-02T03:04:05.000Z',
    title,
    readable: true,
    verified: 'signature',
    deliveries: 1,
  };
}

export function account(connection: string, name: string): BackupAccount {
  const plan = { schedule: null, keep: null, overdueHours: 36 };
  return { connection, name, requests: [{ id: 'owner', title: 'Backup' }], plan, overdue: false };
}

export function backupRow(part: Partial<Backup>): Backup {
  return {
    id: 'backup',
    connection: '1',
    request: 'owner',
    title: 'Backup of Garage',
    state: 'requested',
    by: 'user',
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-01-02T03:04:05.000Z',
    ...part,
  };
}

export function jobRow(part: Partial<Job>): Job {
  return {
    id: 'job',
    connection: '1',
    kind: 'translation',
    urn: 'dXJu',
    name: 'Tower.rvt',
    state: 'success',
    by: 'user',
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-01-02T03:04:05.000Z',
    overdue: false,
    ...part,
  };
}
