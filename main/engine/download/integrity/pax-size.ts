/** The size that an extended header of pax gives; undefined where it gives none. Each record is "<length> <key>=<value>\n". */
export function paxSize(text: Buffer): number | undefined {
  let size: number | undefined;
  for (let at = 0; at < text.length; ) {
    const length = Number(/^\d{1,10}(?= )/.exec(text.toString('latin1', at, at + 11))?.[0]);
    if (!(length > 0)) return size;
    const record = text.toString('latin1', at, at + Math.min(length, longestRecord));
    const value = /^\d+ size=(\d+)\n$/.exec(record)?.[1];
    if (value !== undefined && Number.isSafeInteger(Number(value))) size = Number(value);
    at += length;
  }
  return size;
}

/** Of a record with a size. */
const longestRecord = 64;
