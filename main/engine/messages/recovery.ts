import { defineMessages } from './message.ts';

/** What a recovered thing is called, by its code. */
export interface MissedKind {
  readonly code: string;
  readonly one: string;
  readonly many: string;
}

/** Counts by the code of a kind; kinds of a connector are listed first. */
export type MissedCounts = Readonly<Record<string, number>>;

export const recoveryMessages = defineMessages('recovery', {
  unsupported: ({ connector }: { connector: string }) => `${connector} cannot report missed events.`,
  title: () => 'While you were away',
  single: () => 'Happened while Ringback was unreachable.',
});

/** The summary of what was recovered, for kinds that connectors may add to. */
export function missedMessages(kinds: readonly MissedKind[]) {
  const describe = ({ code, one, many }: MissedKind, counts: MissedCounts): string[] => {
    const count = counts[code] ?? 0;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  };
  return defineMessages('recovery', {
    missed: (counts: MissedCounts) => kinds.flatMap((kind) => describe(kind, counts)).join(', '),
  });
}
