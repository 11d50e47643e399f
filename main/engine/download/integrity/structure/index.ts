/** Archives whose structure is checked, and the contents of those for which there is a decoder. */
export { checkBzip2 } from './bzip2-check.ts';
export { checkSevenZip } from './seven-zip-check.ts';
export { uncheckedKindOf } from './unchecked-kind.ts';
export { checkXz } from './xz-check.ts';
