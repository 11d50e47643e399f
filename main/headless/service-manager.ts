import { execFile } from 'node:child_process';
import { describe, type Log } from '../engine/log.ts';

/** Tells systemd that the host is ready, where it waits for that (Type=notify). */
export function notifyReady(variables: Readonly<Record<string, string | undefined>>, log: Log): void {
  if (!variables.NOTIFY_SOCKET) return;
  execFile('systemd-notify', ['--ready', '--status=Ringback is ready'], { timeout: 5_000 }, (error) => {
    if (error) log.warn('host', `systemd was not told that the host is ready: ${describe(error)}`);
  });
}
