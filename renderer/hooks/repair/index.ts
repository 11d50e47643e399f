export { RepairDialog } from './repair-dialog.tsx';
export { RepairStatus } from './repair-status.tsx';
