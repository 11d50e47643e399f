import { z } from 'zod';
import { done, method, nothing } from './common.ts';

const LeavePreview = z.object({
  /** Own hooks, which would be deleted at their providers. */
  hooks: z.int(),
  /** The data folder, which would be deleted. */
  folder: z.string(),
  /** Where backups are, which stay. */
  backups: z.string(),
  /** False where the host cannot delete its own data. */
  possible: z.boolean(),
});

export const leaveMethods = {
  'leave.preview': method(nothing, LeavePreview),
  /** Deletes the own hooks unless they are to stay, then all data of Ringback, and ends it. A hook that cannot be deleted stops it. */
  'leave.remove': method(z.strictObject({ keepHooks: z.boolean() }), done),
};
