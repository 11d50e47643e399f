export { codingsOf } from './content-encoding.ts';
export { discard, type FileFetch, type FileResponse } from './file-fetch.ts';
export { describeUnreachable, networkFailure } from './network-failure.ts';
export { decodeHeader, parseHeaderAddress, parseOutsideAddress } from './outside-address.ts';
