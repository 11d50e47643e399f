import type { BrokerSession } from '../../broker.ts';
import type { StandbyKeys } from './signed-value.ts';
import { isListedAsForgotten, type Standby, writeStandby } from './standbys.ts';

interface StandbyEntryOptions {
  readonly standbyKeys: StandbyKeys;
  readonly holder: string;
  readonly computer: string;
  /** Undefined where this computer is no standby. */
  standby(): Pick<Standby, 'after' | 'since'> | undefined;
}

/** What the receiver knows of this computer as a standby. */
interface StandbyEntry {
  /** Says whether this computer is a standby; tells whether the receiver has forgotten it since it was set up. */
  publish(session: BrokerSession): Promise<{ readonly isForgotten: boolean }>;
  /** Says that it is none any more. */
  withdraw(session: BrokerSession): Promise<void>;
}

export function createStandbyEntry({ standbyKeys, holder, computer, standby }: StandbyEntryOptions): StandbyEntry {
  let published: { readonly session: BrokerSession; readonly text: string | undefined } | undefined;
  return {
    async publish(session) {
      const { after, since } = standby() ?? {};
      const entry = standby() && {
        ...{ holder, computer },
        ...(after === undefined ? {} : { after }),
        ...(since === undefined ? {} : { since }),
      };
      const text = JSON.stringify(entry);
      if (published?.session !== session || published.text !== text) {
        await writeStandby(standbyKeys, session, holder, entry);
        published = { session, text };
      }
      return { isForgotten: entry !== undefined && (await isListedAsForgotten(standbyKeys, session, entry)) };
    },
    async withdraw(session) {
      published = undefined;
      await writeStandby(standbyKeys, session, holder, undefined);
    },
  };
}
