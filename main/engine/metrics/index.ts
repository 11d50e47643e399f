export { createMetrics, type Metrics, type MetricsOptions, metricsMethods } from './metrics.ts';
