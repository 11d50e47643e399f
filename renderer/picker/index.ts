export { type Pick, PickerDialog } from './picker-dialog.tsx';
export { pickerTexts } from './texts.en.ts';
