import type { MethodName, Problem, RejectionDetail } from '../../../preload/contract/index.ts';
import type { MethodReply, Sample } from './sample.ts';

/** Rejected deliveries; the secret "right" is the one they are signed with. */
export function rejectionReplies({ rejections }: Sample): Partial<Record<MethodName, MethodReply>> {
  return {
    'rejections.list': () => rejections,
    'rejections.get': ({ id }: { id: string }): RejectionDetail => {
      const rejection = rejections.find((each) => each.id === id);
      if (!rejection) throw { code: 'not-found', message: 'This delivery is no longer stored.' } satisfies Problem;
      return { ...rejection, delivery, differences, checkable: rejection.hook !== undefined };
    },
    'rejections.check': ({ secret }: { secret: string }) =>
      secret === 'right'
        ? { accepted: true, field: { connection: 'connection-1', name: 'signingSecret' } }
        : { accepted: false, reason: 'The signature does not match the body and the known secrets.' },
    'connections.update': ({ id }: { id: string }) => ({ id }),
  };
}

const body = '{ "version": "1.0", "hook": { "event": "dm.version.added" }, "payload": { "size": 12345 } }';

const delivery: RejectionDetail['delivery'] = {
  ...{ method: 'POST', size: body.length, body },
  headers: {
    'content-type': 'application/json',
    'x-adsk-signature': 'sha1hash=7d7a3cbfb16348e307d81c2186611802b3db415b',
    authorization: '…',
  },
};

const differences: RejectionDetail['differences'] = [
  {
    text: 'The signature is of another hook: Files: added. Its callbacks are sent to the URL of this one.',
    message: { code: 'rejections.otherHook', params: { hook: 'Files: added' } },
  },
];
