/** Systems that allow notifications in different places. */
type NotificationSystem = 'browser' | 'windows' | 'macos' | 'gnome' | 'kde' | 'others';

/** The systems to explain for a user agent, including the browser where the page shows notifications itself. */
export function notificationSystems(userAgent: string, desktop: boolean): readonly NotificationSystem[] {
  return [...(desktop ? [] : (['browser'] as const)), ...systemsOf(userAgent)];
}

function systemsOf(userAgent: string): readonly NotificationSystem[] {
  if (/Windows/.test(userAgent)) return ['windows'];
  if (/Mac OS X/.test(userAgent)) return ['macos'];
  return ['gnome', 'kde', 'others'];
}
