import type {
  BackupAccount,
  Connection,
  Finding,
  HookProblem,
  Settings,
  Status,
  TunnelStatus,
} from '../../../preload/contract.ts';
import type { Connector } from '../connector/index.ts';
import { toProblem } from '../errors.ts';
import type { Misroute } from '../ingress/index.ts';
import { describeUnreachable } from '../requests/index.ts';
import { routingFindings } from './routing-check.ts';

export interface GeneralCheckOptions {
  readonly endpoint: {
    readonly receiver: Status['receiver'];
    readonly unmatched: { readonly misroute: Misroute | undefined };
    readonly tunnel: { check(): Promise<TunnelStatus> };
  };
  notifications(): Settings['notifications'];
  connection(id: string): { readonly connection: Connection; readonly connector: Connector };
  /** Signs in; throws with the reason. */
  signIn(connection: string): Promise<unknown>;
  /** Asks every region and page. */
  refreshHooks(connection: string): Promise<void>;
  hookProblems(): readonly HookProblem[];
  backupAccounts(): readonly BackupAccount[];
  readonly fetch: typeof globalThis.fetch;
  now(): number;
}

const minute = 60_000;
/** Sign-ins and signatures of most providers bear so much. */
const mostSkew = 2 * minute;
const clockDeadline = 10_000;

/** What must hold for anything at all to ring. */
export function generalChecks(options: GeneralCheckOptions): (() => Promise<readonly Finding[]>)[] {
  const { endpoint, now } = options;
  return [
    async () => {
      const { port, problem } = endpoint.receiver;
      const finding = { subject: 'Receiver', check: 'receiver' } as const;
      if (problem !== undefined) return [{ ...finding, state: 'bad', text: problem }];
      return [{ ...finding, state: 'good', text: `It listens at port ${port} of this computer.` }];
    },
    async () => [tunnelFinding(await endpoint.tunnel.check())],
    async () => routingFindings(endpoint.receiver, endpoint.unmatched.misroute),
    async () => {
      const { enabled, pausedUntil } = options.notifications();
      const finding = { subject: 'Notifications', check: 'notifications' } as const;
      const paused = pausedUntil !== null && Date.parse(pausedUntil) > now();
      if (enabled && !paused) return [{ ...finding, state: 'good', text: 'They are switched on.' }];
      const text = enabled ? `They are paused until ${pausedUntil}.` : 'They are switched off, so nothing rings.';
      const input = { notifications: { enabled: true, pausedUntil: null } };
      const fix = { label: 'Switch them on', method: 'settings.set', input } as const;
      return [{ ...finding, state: 'bad', text, fix }];
    },
  ];
}

function tunnelFinding({ state, url, problem, verifiedBy }: TunnelStatus): Finding {
  const finding = { subject: 'Public address', check: 'tunnel' } as const;
  if (state === 'up' && verifiedBy) return { ...finding, state: 'unsure', text: problem ?? '' };
  if (state === 'up') {
    return { ...finding, state: 'good', text: `An echo came back through ${url}.${problem ? ` ${problem}` : ''}` };
  }
  if (state === 'off') {
    const text = 'No tunnel is open, so no callback can reach this computer.';
    return { ...finding, state: 'bad', text, advice: 'Set one up in the settings.' };
  }
  const fix = { label: 'Try again', method: 'tunnel.check', input: {} } as const;
  const text = `Callbacks do not reach this computer. ${problem ?? 'The tunnel is being opened.'}`;
  return { ...finding, state: 'bad', text, fix };
}

/** What must hold for the hooks of a connection. */
export function connectionChecks(options: GeneralCheckOptions): ((id: string) => Promise<readonly Finding[]>)[] {
  const { now, fetch } = options;
  return [
    async (id) => {
      const { connection } = options.connection(id);
      const finding = { subject: connection.name, check: 'credentials' } as const;
      try {
        await options.signIn(id);
        return [
          { ...finding, state: 'good', text: `Signed in${connection.account ? ` as ${connection.account}` : ''}.` },
        ];
      } catch (error) {
        const { code, message } = toProblem(error);
        const isSignedOut = connection.signIn !== undefined && connection.signIn.state !== 'signed-in';
        const fix = { label: 'Sign in', method: 'connections.signIn', input: { id } } as const;
        const state = code === 'offline' ? 'unsure' : 'bad';
        return [{ ...finding, state, text: message, ...(isSignedOut ? { fix } : {}) }];
      }
    },
    async (id) => {
      const { connection, connector } = options.connection(id);
      if (!connector.hooks) return [];
      const finding = { subject: connection.name, check: 'listing' } as const;
      await options.refreshHooks(id).catch(() => {});
      const problems = options.hookProblems().filter((problem) => problem.connection === id);
      if (problems.length === 0) return [{ ...finding, state: 'good', text: 'All its hooks could be listed.' }];
      return problems.map(({ region, message }) => ({
        ...finding,
        state: 'unsure' as const,
        text: `${region ? `Region ${region}: ` : ''}${message}`,
      }));
    },
    async (id) => {
      const account = options.backupAccounts().find((one) => one.connection === id);
      if (!account) return [];
      return [{ subject: account.name, check: 'backup', ...backupFinding(account) }];
    },
    async (id) => {
      const { connection, connector } = options.connection(id);
      const field = connector.fields.find(({ name }) => name === 'baseUrl');
      const url = connection.settings.baseUrl || field?.default;
      if (!url) return [];
      const finding = { subject: connection.name, check: 'clock' } as const;
      try {
        const response = await fetch(url, {
          method: 'HEAD',
          redirect: 'manual',
          signal: AbortSignal.timeout(clockDeadline),
        });
        return [{ ...finding, ...compareClocks(now(), response.headers.get('date')) }];
      } catch (error) {
        return [
          {
            ...finding,
            state: 'unsure',
            text: `${new URL(url).host} cannot be reached: ${describeUnreachable(error)}.`,
          },
        ];
      }
    },
  ];
}

function backupFinding({ overdue, lastProven, running, waiting }: BackupAccount): Pick<Finding, 'state' | 'text'> {
  const under = running?.problem ?? waiting;
  const more = under === undefined ? '' : ` ${under}`;
  if (overdue) return { state: 'bad', text: `There is no good backup for longer than its plan allows.${more}` };
  if (lastProven) return { state: 'good', text: `The last verified backup is of ${lastProven.at}.${more}` };
  return { state: 'unsure', text: `There is no verified backup yet.${more}` };
}

function compareClocks(here: number, header: string | null): Pick<Finding, 'state' | 'text' | 'advice'> {
  const there = Date.parse(header ?? '');
  if (Number.isNaN(there)) return { state: 'unsure', text: 'The provider does not tell its time.' };
  const skew = here - there;
  if (Math.abs(skew) < mostSkew) return { state: 'good', text: "This computer's clock agrees with the provider's." };
  return {
    state: 'bad',
    text: `This computer's clock is ${Math.round(Math.abs(skew) / minute)} minutes ${skew > 0 ? 'ahead' : 'behind'}.`,
    advice: 'Let the system set it by the internet: sign-ins depend on it.',
  };
}
