import type { RejectionDetail } from '../../../preload/contract/index.ts';
import type { RejectedDelivery, RejectionReason } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { type Message, rejectionMessages } from '../messages/index.ts';
import type { MethodHandlers } from '../method-handlers.ts';
import { type Events, type StoredRejection, toContent } from '../storage/index.ts';
import { explainRejection, recheck, type Signer } from './explain-rejection.ts';

interface RejectionMethodsOptions {
  readonly events: Pick<Events, 'rejection'>;
  /** All own hooks, with what their deliveries are or were signed with. */
  signers(): readonly Signer[];
  /** What the user calls the hook. */
  labelOf(hook: string): Message;
}

/** The contract's questions about one rejected delivery. */
export function rejectionMethods({
  events,
  signers,
  labelOf,
}: RejectionMethodsOptions): MethodHandlers<'rejections.get' | 'rejections.check'> {
  return {
    'rejections.get': ({ id }) => {
      const stored = events.rejection(id);
      const all = signers();
      return {
        ...stored.rejection,
        ...contentOf(stored),
        differences: explainRejection({ stored, signers: all, labelOf }),
        checkable: isWhole(stored) && all.some(({ hook }) => hook === stored.rejection.hook),
      };
    },
    'rejections.check': ({ id, secret }) => {
      const stored = events.rejection(id);
      const signer = signers().find(({ hook }) => hook === stored.rejection.hook);
      if (!signer || !isWhole(stored)) throw new RingbackError('conflict', rejectionMessages.notCheckable());
      const { connection, sharedSecretField: name } = signer;
      const verdict = recheck(stored, { ...signer, acceptsUnsigned: false }, [{ of: 'owner', value: secret }]);
      if (verdict) return { accepted: false, ...reasonOf(verdict) };
      return { accepted: true, ...(name === undefined ? {} : { field: { connection, name } }) };
    },
  };
}

const isWhole = ({ delivery }: StoredRejection): boolean =>
  delivery !== undefined && delivery.body.length === delivery.size;

function contentOf({ delivery }: StoredRejection): Pick<RejectionDetail, 'delivery'> {
  if (!delivery) return {};
  const { method, headers, body, size } = delivery;
  return { delivery: { method, size, ...toContent(headers, body) } };
}

function reasonOf(verdict: RejectedDelivery): RejectionReason {
  const { reason, reasonMessage } = verdict.diagnose?.() ?? verdict;
  return { reason, reasonMessage };
}
