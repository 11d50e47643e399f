export { attributeIn, attributeText } from './attribute.ts';
export { FilterFields } from './filter-fields.tsx';
export { HookForm } from './hook-form.tsx';
