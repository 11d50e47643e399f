import { callBus } from '../../platform/index.ts';

const watcher = 'org.kde.StatusNotifierWatcher';

/** Whether the desktop shows tray icons; on Linux it may not, for example GNOME without an extension. */
export async function hasTrayHost(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): Promise<boolean> {
  if (platform !== 'linux') return true;
  const answer = await callBus(
    {
      destination: watcher,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      method: 'Get',
      signature: 'ss',
      parameters: [watcher, 'IsStatusNotifierHostRegistered'],
    },
    environment,
  );
  return answer?.includes('true') ?? false;
}
