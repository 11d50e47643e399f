/** Each with its own place where notifications are allowed. */
type NotificationSystem = 'browser' | 'windows' | 'macos' | 'gnome' | 'kde' | 'others';

/** The places to look at on the system that a browser names; where the page shows notifications itself, the browser's too. */
export function notificationSystems(userAgent: string, desktop: boolean): readonly NotificationSystem[] {
  return [...(desktop ? [] : (['browser'] as const)), ...systemsOf(userAgent)];
}

function systemsOf(userAgent: string): readonly NotificationSystem[] {
  if (/Windows/.test(userAgent)) return ['windows'];
  if (/Mac OS X/.test(userAgent)) return ['macos'];
  return ['gnome', 'kde', 'others'];
}
