import type { HookAction } from '../../../preload/contract/index.ts';
import { defineMessages } from './message.ts';

type Counts = Readonly<Partial<Record<HookAction | 'failed', number>>>;

interface Inactivity {
  readonly hook: string;
  readonly hours: number;
  /** Usual events a day. */
  readonly perDay?: number;
}

export const hookMessages = defineMessages('hooks', {
  label: ({ title, place }: { title: string; place: string }) => [title, place].filter(Boolean).join(' · '),
  moveStep: ({ hook }: { hook: string }) => `Move to the new address: ${hook}`,
  createStep: ({ hook }: { hook: string }) => `Create again: ${hook}`,
  adoptStep: ({ hook }: { hook: string }) => `Resume the interrupted move: ${hook}`,
  activateStep: ({ hook }: { hook: string }) => `Re-enable: ${hook}`,
  pauseStep: ({ hook }: { hook: string }) => `Pause: ${hook}`,
  renewStep: ({ hook }: { hook: string }) => `Renew before it expires: ${hook}`,
  removeStep: ({ hook }: { hook: string }) => `Remove the superseded registration: ${hook}`,
  undecided: () =>
    'The server of the team has not said yet whether this computer or another one receives. Hooks are checked once it has, in half a minute at the latest.',
  removeUnusedStep: () => 'Remove an unused hook of this Ringback',
  planned: (counts: Counts) => listCounts(counts, 'planned') || 'Nothing to do',
  done: (counts: Counts) => {
    const { failed = 0 } = counts;
    const failures = failed > 0 ? `${countHooks(failed)} could not be repaired` : '';
    return [listCounts(counts, 'done'), failures].filter(Boolean).join('; ') || 'Nothing to do';
  },
  disabledTitle: ({ count }: { count: number }) =>
    count === 1 ? 'A hook was disabled or deleted' : `${count} hooks were disabled or deleted`,
  disabled: ({ hook }: { hook: string }) =>
    `${hook} was disabled or deleted at the provider and has been repaired. Events in between were not delivered.`,
  severalDisabled: ({ count }: { count: number }) =>
    `${count} hooks were disabled or deleted at the provider and have been repaired. Events in between were not delivered.`,
  needsAttentionTitle: ({ count }: { count: number }) =>
    count === 1 ? 'Hook needs attention' : `${count} hooks need attention`,
  failing: ({ hook }: { hook: string }) => `${hook}:`,
  inactiveTitle: () => 'Hook is inactive',
  inactive: ({ hook, hours, perDay }: Inactivity) =>
    `No events from ${hook} for ${formatHours(hours)}${formatRate(perDay)}. Run diagnosis.`,
  alwaysSigned: () => 'This provider signs all callbacks. One without a signature is not accepted.',
  external: () => 'This hook was not created by this Ringback. Confirm that you want to change it.',
  externalCopy: () =>
    'This hook was created by this Ringback, but its address and secret are no longer stored here. Confirm that you want to change it.',
  beingCreated: () => 'This hook is still being created. Try again in a moment.',
  unsupported: ({ connection }: { connection: string }) => `${connection} does not support hooks.`,
  closing: () => 'Ringback is closing.',
  notAllRemoved: () =>
    'Not all hooks of the connection were removed at the provider. They can be left there ("keepHooks").',
  secretsLost: ({ count }: { count: number }) =>
    `The secrets of ${countHooks(count)} can no longer be decrypted because the key store changed, so their callbacks cannot be verified. Remove these hooks and create them again.`,
});

/** In the order in which they are listed. */
const summaries: readonly (readonly [action: HookAction, planned: string, done: string])[] = [
  ['move', 'to move', 'moved to the new address'],
  ['create', 'to create again', 'created again'],
  ['activate', 'to re-enable', 're-enabled'],
  ['renew', 'to renew', 'renewed'],
  ['pause', 'to pause', 'paused'],
  ['remove', 'to clean up', 'cleaned up'],
];

function listCounts(counts: Counts, form: 'planned' | 'done'): string {
  const parts = summaries.flatMap(([action, planned, done]) => {
    const count = counts[action] ?? 0;
    return count === 0 ? [] : [`${countHooks(count)} ${form === 'planned' ? planned : done}`];
  });
  return parts.join(', ');
}

function countHooks(count: number): string {
  return count === 1 ? '1 hook' : `${count} hooks`;
}

function formatHours(hours: number): string {
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}

function formatRate(perDay: number | undefined): string {
  if (perDay === undefined) return '';
  return `; usually ${perDay < 1 ? 'less than one' : Math.round(perDay)} a day`;
}
