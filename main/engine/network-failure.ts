import { certificateFault } from './errors.ts';
import { describeNetworkCause } from './messages/index.ts';

/** The code of what made a request fail; empty where nothing says so. */
export function networkCause(error: unknown): string {
  const fault = certificateFault(error);
  return fault === undefined ? codeOf(error) : `certificate:${fault}`;
}

/** Why a request got no response, for the end of a sentence. */
export function describeUnreachable(error: unknown): string {
  return describeNetworkCause(networkCause(error));
}

/** `fetch` hides the system's code in the cause. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if (error.cause instanceof Error) return codeOf(error.cause);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'TimeoutError' ? error.name : '';
}
