import type { BackupResult, BackupSupport } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { isLoopback } from './api-address.ts';
import { type Call, call } from './call.ts';
import { rejectionOf } from './error-response.ts';
import { autoflexMessages } from './messages.ts';
import type { Session } from './pauses.ts';
import { isPutOff, isSuccess } from './response.ts';
import { resultOf } from './result.ts';

type BackupRequest = BackupSupport['requests'][number];

/** A request that is accepted immediately and whose result is announced by a callback. */
interface LongRequest extends BackupRequest {
  /** The name of the result in messages. */
  readonly result: string;
  readonly method: Call['method'];
  /** Path below the base URL, starting with a slash. */
  readonly path: string;
  body(callbackUrl: string): Readonly<Record<string, unknown>>;
}

/** All known requests; a further endpoint of this kind is one more entry. */
export const requests: readonly LongRequest[] = [
  {
    id: 'backup-owner',
    ...messageMembers('title', autoflexMessages.backup()),
    result: 'the backup',
    method: 'POST',
    path: '/backup/owner',
    body: (callbackUrl) => ({ webhook_url: callbackUrl }),
  },
];

/** Any 2xx counts as accepted unless `successCode` contradicts; resolves with the result if the response has it. */
export async function start(session: Session, id: string, callbackUrl: string): Promise<BackupResult | undefined> {
  const request = requests.find((one) => one.id === id);
  if (!request) throw new RingbackError('invalid-input', autoflexMessages.noRequest({ request: id }));
  inspect(callbackUrl);
  const { reply, grant } = await call(session, {
    method: request.method,
    path: request.path,
    json: request.body(callbackUrl),
    isReady: (answer) => !isPutOff(answer),
  });
  if (isPutOff(reply) || !isSuccess(reply)) throw rejectionOf(reply, session.context, [grant.token, callbackUrl]);
  const result = resultOf(reply.body, grant.base);
  return typeof result === 'object' && result.kind === 'files' ? result : undefined;
}

/** How the id is appended to the URL is not documented, so the URL must have no query and no fragment. */
function inspect(callbackUrl: string): void {
  const url = URL.parse(callbackUrl);
  if (!url || (url.protocol !== 'https:' && !isLoopback(url)) || /[?#]/.test(callbackUrl)) {
    throw new RingbackError('invalid-input', autoflexMessages.callbackAddress());
  }
}
