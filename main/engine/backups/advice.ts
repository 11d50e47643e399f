import type { TunnelStatus } from '../../../preload/contract/index.ts';
import { backupMessages, type Message } from '../messages/index.ts';
import type { BackupRecord } from './records/index.ts';

/** Why the callback cannot arrive, as soon as that is known; null while it may. */
export function movedAdvice({ base }: BackupRecord, { url, state }: TunnelStatus): Message | null {
  if (base === null || url === undefined || url === base || state !== 'up') return null;
  return backupMessages.publicUrlMoved({ previous: hostOf(base), current: hostOf(url) });
}

/** Why no callback may have arrived in time. */
export function timeoutAdvice(record: BackupRecord, tunnel: TunnelStatus): Message {
  const moved = movedAdvice(record, tunnel);
  if (moved !== null) return moved;
  if (tunnel.state !== 'up') return backupMessages.noCallbackUnreachable();
  return tunnel.provider === 'localtunnel'
    ? backupMessages.noCallbackReminderPage()
    : backupMessages.noCallbackIntercepted();
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}
