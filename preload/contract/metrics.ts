import { z } from 'zod';
import { method, nothing } from './common.ts';

export const metricsMethods = {
  /** Figures for Prometheus, in its text format; what counts begins with the start of the host. */
  'metrics.read': method(nothing, z.object({ contentType: z.string(), text: z.string() })),
};
