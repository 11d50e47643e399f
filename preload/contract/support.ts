import { z } from 'zod';
import { method, nothing } from './common.ts';

const SavedSupportFile = z.object({
  /** False where the user cancelled. */
  saved: z.boolean(),
  /** The path of the saved file. */
  file: z.string().optional(),
  /** Its text, where the host cannot save it. */
  text: z.string().optional(),
});

export const supportMethods = {
  /** Collects diagnosis, versions, settings and log without secrets, and saves them in a file that the user selects. */
  'support.save': method(nothing, SavedSupportFile),
};
