import { z } from 'zod';
import { method, nothing } from './common.ts';

export const metricsMethods = {
  /** Metrics in the text format of Prometheus; counters start with the host. */
  'metrics.read': method(nothing, z.object({ contentType: z.string(), text: z.string() })),
};
