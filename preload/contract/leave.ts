import { z } from 'zod';
import { done, method, nothing } from './common.ts';

const LeavePreview = z.object({
  /** Number of hooks of this installation, which would be deleted at their providers. */
  hooks: z.int(),
  /** The data folder, which would be deleted. */
  folder: z.string(),
  /** The folder of backups, which would stay. */
  backups: z.string(),
  /** False where the host cannot delete its own data. */
  possible: z.boolean(),
});

export const leaveMethods = {
  'leave.preview': method(nothing, LeavePreview),
  /**
   * Deletes the hooks of this installation unless they are kept, then all data of Ringback, and quits. Stops where a
   * hook cannot be deleted.
   */
  'leave.remove': method(z.strictObject({ keepHooks: z.boolean() }), done),
};
