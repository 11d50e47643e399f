export { RejectedDeliveries } from './rejected-deliveries.tsx';
