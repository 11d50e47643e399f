import { z } from 'zod';
import { method, nothing } from './common.ts';

const SavedSupportFile = z.object({
  /** False where the user changed their mind. */
  saved: z.boolean(),
  /** Where it lies now. */
  file: z.string().optional(),
  /** Its text, for a host that cannot save it itself. */
  text: z.string().optional(),
});

export const supportMethods = {
  /** Collects diagnosis, versions, settings and log without secrets, and saves them where the user wants. */
  'support.save': method(nothing, SavedSupportFile),
};
