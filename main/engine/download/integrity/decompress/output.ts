/** Takes decompressed bytes, which are valid during the call only. */
export type Output = (bytes: Uint8Array) => void;
