export { type Alerts, createAlerts } from './alerts.ts';
export {
  diskCondition,
  keyStoreCondition,
  rejectionCondition,
  teamCondition,
  tunnelCondition,
  updateCondition,
} from './conditions.ts';
export { createRejectionCounter } from './rejections.ts';
