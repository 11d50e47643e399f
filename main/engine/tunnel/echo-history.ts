import type { ProviderConnection } from './providers/index.ts';

/** So many echoes must fail in a row before a connection counts as down. */
const maxMissedEchoes = 2;

/** The echoes of one connection. */
export interface EchoHistory {
  /** Failed echoes in a row. */
  missed: number;
  answered: number;
  /** When the last one was answered, or the connection was opened. */
  answeredAt: number;
  /** Milliseconds the last answered one took. */
  duration: number | undefined;
}
/** "reconnecting": down, but it may recover by itself. */
type EchoVerdict = 'up' | 'repeat' | 'reconnecting' | 'lost';

/** Records an echo in the history, and says what follows from it. */
export function judgeEcho(
  history: EchoHistory,
  failed: boolean,
  now: number,
  { startupGrace = 0, reconnectGrace = 0 }: Pick<ProviderConnection, 'startupGrace' | 'reconnectGrace'>,
): EchoVerdict {
  if (!failed) {
    Object.assign(history, { missed: 0, answered: history.answered + 1, answeredAt: now });
    return 'up';
  }
  const unansweredFor = now - history.answeredAt;
  if (history.answered === 0 && unansweredFor < startupGrace) return 'repeat';
  history.missed += 1;
  if (history.missed < maxMissedEchoes) return 'repeat';
  if (unansweredFor >= reconnectGrace) return 'lost';
  history.missed = 0;
  return 'reconnecting';
}
