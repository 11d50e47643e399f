import { type BusCall, callBus } from '../../platform/index.ts';

const getServerInformation: BusCall = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
};

/** Milliseconds for which a service that answered is believed to answer still. */
const believed = 60_000;

interface ServiceParts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  now(): number;
  call?(call: BusCall, environment: NodeJS.ProcessEnv): Promise<string | undefined>;
}

/** Whether a notification service answers. */
type NotificationService = () => Promise<boolean>;

/**
 * On Linux, libnotify is called on the main thread: without a service that answers it freezes the whole process for up to a
 * minute (electron/electron#48753). So the bus is asked first, without blocking; a yes is remembered for a minute,
 * or until `forget`.
 */
export function createNotificationService(parts: ServiceParts): {
  readonly answers: NotificationService;
  forget(): void;
} {
  const { platform, environment, now, call = callBus } = parts;
  let answered: Promise<boolean> | undefined;
  let asked = 0;
  const ask = async (): Promise<boolean> => {
    const found = (await call(getServerInformation, environment)) !== undefined;
    if (!found) answered = undefined;
    return found;
  };
  return {
    async answers() {
      if (platform !== 'linux') return true;
      if (now() - asked >= believed) answered = undefined;
      if (answered === undefined) asked = now();
      answered ??= ask();
      return await answered;
    },
    forget() {
      answered = undefined;
    },
  };
}
