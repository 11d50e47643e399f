import { defineTexts, type Message } from '../../engine/messages/index.ts';

/** The texts of states: in English the same words as in `--json`. */
const texts = {
  active: 'active',
  altered: 'altered',
  away: 'away',
  'called-back': 'called-back',
  cancelled: 'cancelled',
  connected: 'connected',
  connecting: 'connecting',
  created: 'created',
  creating: 'creating',
  disabled: 'disabled',
  done: 'done',
  down: 'down',
  downloading: 'downloading',
  enabled: 'enabled',
  failed: 'failed',
  failing: 'failing',
  good: 'good',
  idle: 'idle',
  inactive: 'inactive',
  incomplete: 'incomplete',
  info: 'info',
  missing: 'missing',
  needed: 'needed',
  new: 'new',
  off: 'off',
  paused: 'paused',
  present: 'present',
  problem: 'problem',
  queued: 'queued',
  reactivated: 'reactivated',
  requested: 'requested',
  resolved: 'resolved',
  running: 'running',
  'signed-in': 'signed-in',
  success: 'success',
  'timed-out': 'timed-out',
  timeout: 'timeout',
  unknown: 'unknown',
  up: 'up',
  waiting: 'waiting',
} as const;

const messages: Readonly<Record<string, Message>> = defineTexts('cliState', texts);

/** The text of a state of the contract; an unknown state is shown unchanged. */
export function stateMessage(state: string): Message | string {
  return messages[state] ?? state;
}
