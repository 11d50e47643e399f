import type { TunnelStatus } from '../../../preload/contract/index.ts';
import { certificateFault, RingbackError } from '../errors.ts';
import { backupMessages, withCause } from '../messages/index.ts';
import { problemFields, withoutProblem } from './records/index.ts';
import { type ResultOptions, takeResult } from './result.ts';
import type { Step } from './runner.ts';

export interface RequestOptions extends ResultOptions {
  tunnel(): TunnelStatus;
}

/** Requests the backup from the provider, once. */
export function createRequestStep(options: RequestOptions): Step {
  const { transitions, tunnel, now } = options;
  return async (record, signal) => {
    // The last process ended before the response came: the provider may be working on it.
    if (record.postedAt !== null) {
      await transitions.move(record, { state: 'requested', ...problemFields(backupMessages.interruptedRequest()) });
      return 0;
    }
    const { support, context } = transitions.open(record, signal);
    const base = publicUrl(tunnel());
    await transitions.move(record, { base, postedAt: now(), ...withoutProblem });
    try {
      const result = await support.request(context, record.request, `${base}/in/${record.key}`);
      if (result) await takeResult(record, result, support, options, { answered: true });
      else await transitions.move(record, { state: 'requested', answered: true });
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof RingbackError) || !mayHaveArrived(error)) {
        await transitions.move(record, { postedAt: null });
        throw error;
      }
      const problem = withCause(backupMessages.noResponse(), error);
      await transitions.move(record, { state: 'requested', ...problemFields(problem) });
    }
    return 0;
  };
}

/** Throws "offline" while no callback could arrive. */
function publicUrl({ provider, state, url, problem, reason }: TunnelStatus): string {
  // A custom URL counts even while its echo does not return: some routers do not forward requests from inside.
  if (url !== undefined && (state === 'up' || (provider === 'fixed' && state === 'down'))) return url;
  if (provider === 'off') throw new RingbackError('conflict', backupMessages.noTunnel());
  const connecting = backupMessages.tunnelConnecting();
  throw new RingbackError(
    'offline',
    problem === undefined ? connecting : withCause(connecting, { message: problem, reason }),
  );
}

const notSentCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN'];

/** Whether the request may have reached the provider although no response came. */
function mayHaveArrived(error: RingbackError): boolean {
  if (error.code !== 'offline' || certificateFault(error) !== undefined) return false;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && notSentCodes.includes(String(at.code))) return false;
  }
  return true;
}
