import type { Inactivity } from '../../../preload/contract.ts';
import type { NotificationRow } from '../storage/index.ts';

export function inactivityNotification(
  label: string,
  { since = '', perDay }: Inactivity,
  now: number,
): NotificationRow {
  const usual =
    perDay === undefined ? '' : `, where there are usually ${perDay < 1 ? 'some' : Math.round(perDay)} a day`;
  return {
    event: null,
    page: 'hooks',
    at: now,
    title: `Silence: ${label}`,
    body: `No event for ${duration(now - Date.parse(since))}${usual}. Let Ringback check the hook.`,
  };
}

function duration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3600_000);
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
