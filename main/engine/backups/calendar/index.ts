export { planRetention, type RetentionCandidate } from './retention.ts';
export { dueSlot, nextSlot, overdueFor } from './schedule.ts';
