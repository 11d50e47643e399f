import type { Status } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { openReceiver, type Receiver, type Router } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import type { ReceiverAccess } from '../ports.ts';
import { seconds } from '../timing/index.ts';
import { type StatusProblem, statusProblem } from './problem.ts';

/** The receiver at its configured port, which is retried while it is in use. */
interface ReceiverPort {
  /** Undefined while it cannot be opened. */
  readonly port: number | undefined;
  readonly status: Pick<Status['receiver'], 'port' | 'bind' | 'problem' | 'reason'>;
  /** Moves to this port and present address; false if already there. If in use, throws a conflict, changing nothing. */
  use(port: number): Promise<boolean>;
  close(): Promise<void>;
}

interface ReceiverPortOptions {
  readonly port: number;
  readonly router: Router;
  access(): ReceiverAccess;
  isHealthy(): boolean;
  /** A port that was in use was tried again. */
  retried(): void;
  readonly log: Log;
}

/** How often a configured port that is in use is tried again */
const retryInterval = seconds(10);

export async function openReceiverPort(options: ReceiverPortOptions): Promise<ReceiverPort> {
  const { router, access, log } = options;
  let { bind } = access();
  let receiver: Receiver | undefined;
  let problem: StatusProblem | undefined;
  let configuredPort = options.port;
  let timer: NodeJS.Timeout | undefined;

  const openAt = (port: number, at: string | undefined): Promise<Receiver> =>
    openReceiver({ port, ...(at === undefined ? {} : { bind: at }), ...router, health: () => healthOf(options) });
  const openConfigured = async (): Promise<void> => {
    try {
      receiver = await openAt(configuredPort, bind);
      problem = undefined;
    } catch (error) {
      if (!(error instanceof RingbackError)) throw error;
      problem = statusProblem(error);
      log.warn('tunnel', problem.problem);
      timer = setTimeout(() => openConfigured().then(options.retried), retryInterval);
    }
  };
  const moveTo = async (port: number, at: string | undefined): Promise<void> => {
    const isSamePort = receiver?.port === port;
    // One port cannot be opened twice.
    if (isSamePort) await receiver?.close();
    try {
      const next = await openAt(port, at);
      clearTimeout(timer);
      if (!isSamePort) await receiver?.close();
      receiver = next;
      problem = undefined;
    } catch (error) {
      if (isSamePort) receiver = await openAt(port, bind);
      throw error;
    }
  };
  await openConfigured();
  return {
    get port() {
      return receiver?.port;
    },
    get status() {
      return { port: receiver?.port ?? configuredPort, ...(bind === undefined ? {} : { bind }), ...problem };
    },
    async use(port) {
      const next = access().bind;
      // A random port that becomes the configured one is no move.
      const keepsPort = port === configuredPort || port === receiver?.port;
      const stays = keepsPort && next === bind;
      if (!stays) await moveTo(keepsPort ? (receiver?.port ?? port) : port, next);
      configuredPort = port;
      bind = next;
      return !stays;
    },
    async close() {
      clearTimeout(timer);
      await receiver?.close();
    },
  };
}

function healthOf({ access, isHealthy }: ReceiverPortOptions): boolean | undefined {
  return access().health ? isHealthy() : undefined;
}
