/** Archives that are recognized but not read, by their first bytes in hexadecimal digits; a dot stands for any of them. */
const signatures: readonly (readonly [string, RegExp])[] = [
  ['lzip', /^4c5a4950/],
  ['lz4', /^04224d18/],
  ['lzop', /^894c5a4f/],
  ['compress', /^1f9d/],
  ['cab', /^4d534346/],
  ['arj', /^60ea/],
  ['lha', /^.{4}2d6c.{4}2d/],
  ['snappy', /^ff060000734e61507059/],
];

const names = /\.(?:tar\.)?(lzma|lz|lz4|lzo|z|br|cab|arj|lzh|lha|ace|sz|zpaq|tlz|tbr|taz)$/i;

/** The kind of an archive whose content cannot be checked; undefined for any other file. */
export function uncheckedKindOf(name: string, head: Buffer): string | undefined {
  const hexadecimal = head.toString('hex');
  const [kind] = signatures.find(([, signature]) => signature.test(hexadecimal)) ?? [];
  return kind ?? names.exec(name)?.[1]?.toLowerCase();
}
