import { type BusCall, callBus } from '../../platform/index.ts';

const getServerInformation: BusCall = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  method: 'GetServerInformation',
};

/** Milliseconds for which a response of the service is cached. */
const answerLifetime = 60_000;

interface ServiceParts {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  now(): number;
  call?(call: BusCall, environment: NodeJS.ProcessEnv): Promise<string | undefined>;
}

/** Whether a notification service responds. */
type NotificationService = () => Promise<boolean>;

/**
 * On Linux, Electron calls libnotify on the main thread, where a service that does not respond blocks the whole process
 * for up to a minute (electron/electron#48753). Therefore the session bus is queried first without blocking; a positive
 * response is cached for a minute, or until `forget`.
 */
export function createNotificationService(parts: ServiceParts): {
  readonly answers: NotificationService;
  forget(): void;
} {
  const { platform, environment, now, call = callBus } = parts;
  let answered: Promise<boolean> | undefined;
  let askedAt = 0;
  const ask = async (): Promise<boolean> => {
    const found = (await call(getServerInformation, environment)) !== undefined;
    if (!found) answered = undefined;
    return found;
  };
  return {
    async answers() {
      if (platform !== 'linux') return true;
      if (now() - askedAt >= answerLifetime) answered = undefined;
      if (answered === undefined) askedAt = now();
      answered ??= ask();
      return await answered;
    },
    forget() {
      answered = undefined;
    },
  };
}
