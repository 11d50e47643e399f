export { type Pick, PickerDialog } from './picker-dialog.tsx';
