import { z } from 'zod';

/** A fault as requested over HTTP; it occurs once by default. */
export const FaultOrder = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  times: z.int().min(1).default(1),
  status: z.int().min(200).max(599).optional(),
  retryAfter: z.number().optional(),
  body: z.unknown().optional(),
  cut: z.enum(['before', 'after']).optional(),
  hang: z.boolean().optional(),
});
