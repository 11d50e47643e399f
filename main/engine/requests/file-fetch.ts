interface FileRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly redirect: 'manual';
  readonly cache: 'no-store';
  readonly credentials: 'omit';
  readonly signal: AbortSignal;
  /** Connect to a private network only where the host of this address is in one as well; where absent, anywhere. */
  readonly related?: string;
}

export interface FileResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** As much of `fetch` as a download needs; `fetch` itself is one. */
export type FileFetch = (url: string, request: FileRequest) => Promise<FileResponse>;

/** Gives up the body of a response that is not wanted. */
export async function discard({ body }: FileResponse): Promise<void> {
  await body?.[Symbol.asyncIterator]().return?.();
}
