export { type Alerts, createAlerts } from './alerts.ts';
export {
  diskCondition,
  keyStoreCondition,
  rejectionCondition,
  teamCondition,
  teamReceiverCondition,
  tunnelCondition,
  updateCondition,
} from './conditions.ts';
export { createRejectionCounter } from './rejections.ts';
