import { z } from 'zod';
import { done, MessageReference, method, nothing, Percent, Time } from './common.ts';

export const UpdateSettings = z.strictObject({
  /** Checks for newer versions of Ringback, at start and daily. */
  enabled: z.boolean(),
  channel: z.enum(['stable', 'beta']),
});

export type UpdateSettings = z.infer<typeof UpdateSettings>;

export const defaultUpdateSettings: UpdateSettings = { enabled: true, channel: 'stable' };

export const UpdateStatus = z.object({
  /** "install": Ringback replaces itself; "notify": it only announces what something else installs. */
  mode: z.enum(['install', 'notify', 'off']),
  /** Why there are no checks: the settings, a policy of this computer, or a host without updates. */
  offBecause: z.enum(['settings', 'policy', 'host']).optional(),
  state: z.enum(['none', 'checking', 'available', 'downloading', 'ready', 'failed']),
  /** The newer version. */
  version: z.string().optional(),
  /** The release notes as plain text. */
  notes: z.string().optional(),
  releasedAt: Time.optional(),
  /** Progress of the download. */
  progress: Percent.optional(),
  /** True where the installation waits until no backup and no job is in progress. */
  postponed: z.boolean().optional(),
  checkedAt: Time.optional(),
  problem: z.string().optional(),
  reason: MessageReference.optional(),
});

export type UpdateStatus = z.infer<typeof UpdateStatus>;

export const updateMethods = {
  'updates.status': method(nothing, UpdateStatus),
  /** Checks for a newer version now, and downloads it where Ringback replaces itself. */
  'updates.check': method(nothing, UpdateStatus),
  /** Restarts Ringback with the downloaded version; rejected while a backup or a job is in progress. */
  'updates.install': method(nothing, done),
  /** Opens the page of all versions in the browser. */
  'updates.open': method(nothing, z.object({ opened: z.boolean(), url: z.string() })),
};
