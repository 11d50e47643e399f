import { defineMessages } from '../message.ts';

/** Why a request is not answered, before any method gets it. */
export const accessMessages = defineMessages('access', {
  token: () => 'The token is missing or wrong. It stands in the address that was printed at the start.',
  windowOnly: () => 'Only the window itself may ask.',
  otherAddress: () => 'Ringback answers only under its own address on this computer.',
  otherSite: () => 'Another site may not ask Ringback.',
  wrongMethod: ({ path, method }: { path: string; method: string }) => `${path} must be asked with ${method}.`,
  noSuchPath: ({ path }: { path: string }) => `${path} does not exist.`,
  tooLarge: () => 'The request is larger than 1 MB.',
  notJson: () => 'The body is not JSON in UTF-8.',
  notHttp: () => 'This is not a request that can be understood.',
  cursor: () => '"before" must be the "next" of an earlier answer.',
});
