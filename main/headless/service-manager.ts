import { execFile } from 'node:child_process';
import { describe, type Log } from '../engine/log.ts';
import type { Variables } from './settings-variables.ts';

/** Reports the state of the host to systemd where the unit has Type=notify. */
export interface ServiceManager {
  ready(): void;
  /** The settings are being reloaded; "ready" follows. */
  reloading(): void;
  stopping(): void;
  /** Sends the unit's watchdog, if any, a message after each successful request. Returns a function that stops it. */
  watch(ask: () => Promise<unknown>): () => void;
}

/** Sends messages with `systemd-notify`, since Node has no Unix datagram sockets. */
export function createServiceManager(variables: Variables, log: Log): ServiceManager {
  const notify = (...message: readonly string[]): void => {
    if (!variables.NOTIFY_SOCKET) return;
    execFile('systemd-notify', message, { timeout: 5_000 }, (error) => {
      if (error) log.warn('host', `systemd was not told "${message.join(' ')}": ${describe(error)}`);
    });
  };
  return {
    ready: () => notify('--ready', '--status=Ringback is ready'),
    reloading: () => notify('RELOADING=1', 'STATUS=Reading the settings'),
    stopping: () => notify('STOPPING=1', 'STATUS=Ringback is ending'),
    watch(ask) {
      const interval = watchdogInterval(variables);
      if (interval === undefined) return () => {};
      const timer = setInterval(() => void ask().then(() => notify('WATCHDOG=1')), interval);
      return () => clearInterval(timer);
    },
  };
}

/**
 * Milliseconds between messages: half of the time after which systemd restarts the service; undefined where it does not
 * watch this process.
 */
function watchdogInterval({ WATCHDOG_USEC, WATCHDOG_PID, NOTIFY_SOCKET }: Variables): number | undefined {
  const microseconds = Number(WATCHDOG_USEC);
  const isOurs = !WATCHDOG_PID || Number(WATCHDOG_PID) === process.pid;
  return NOTIFY_SOCKET && isOurs && microseconds > 0 ? microseconds / 2000 : undefined;
}
