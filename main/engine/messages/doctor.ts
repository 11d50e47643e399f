import { proxyRules } from '../../../preload/languages/index.ts';
import { defineMessages } from './message.ts';
import { describeNetworkFailure, type NetworkFailure } from './network.ts';

/** Parameters of the rules for reverse proxies. */
type ProxyRule = Readonly<Record<'added' | 'target' | 'pattern', string>> & { readonly port: number };

const counted = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

/** What a diagnosis finds, and what to do about it. */
export const doctorMessages = defineMessages('doctor', {
  receiver: () => 'Receiver',
  publicAddress: () => 'Public address',
  reverseProxy: () => 'Reverse proxy',
  notifications: () => 'Notifications',

  nothingWrong: () => 'Nothing is wrong: whatever happens will be heard. Perhaps nothing has happened.',
  noHooks: () => 'Nothing is wrong, and no hook is registered yet.',
  inconclusive: ({ count }: { count: number }) =>
    `Nothing is known to be wrong, but ${count === 1 ? 'one check has' : `${count} checks have`} no certain answer.`,
  others: ({ count }: { count: number }) =>
    count === 1 ? 'One more thing is wrong.' : `${count} more things are wrong.`,
  notOwnHook: () => 'This hook is not one of this Ringback.',

  listening: ({ port }: { port: number }) => `It listens at port ${port} of this computer.`,
  notificationsOn: () => 'They are switched on.',
  notificationsPaused: ({ until }: { until: string }) => `They are paused until ${until}.`,
  notificationsOff: () => 'They are switched off, so nothing rings.',
  switchThemOn: () => 'Switch them on',
  tunnelUp: ({ url }: { url: string }) => `An echo came back through ${url}.`,
  tunnelOff: () => 'No tunnel is open, so no callback can reach this computer.',
  setUpTunnel: () => 'Set one up in the settings.',
  tunnelDown: () => 'Callbacks do not reach this computer.',
  tunnelOpening: () => 'Callbacks do not reach this computer. The tunnel is being opened.',
  tryAgain: () => 'Try again',

  signedIn: () => 'Signed in.',
  signedInAs: ({ account }: { account: string }) => `Signed in as ${account}.`,
  signIn: () => 'Sign in',
  hooksListed: () => 'All its hooks could be listed.',
  backupOverdue: () => 'There is no good backup for longer than its plan allows.',
  lastBackup: ({ at }: { at: string }) => `The last verified backup is of ${at}.`,
  noBackup: () => 'There is no verified backup yet.',
  clockUnknown: () => 'The provider does not tell its time.',
  clockRight: () => "This computer's clock agrees with the provider's.",
  clockAhead: ({ minutes }: { minutes: number }) => `This computer's clock is ${minutes} minutes ahead.`,
  clockBehind: ({ minutes }: { minutes: number }) => `This computer's clock is ${minutes} minutes behind.`,
  setClock: () => 'Let the system set it by the internet: sign-ins depend on it.',
  unreachable: ({ host, ...failure }: NetworkFailure & { host: string }) =>
    `${host} cannot be reached: ${describeNetworkFailure(failure)}.`,

  hookActive: ({ status }: { status: string }) => `The provider has it, and it is ${status}.`,
  hookInactive: () => 'It is switched off: nothing is delivered.',
  inactiveAdvice: () => 'Events of that time are not delivered later; what can be asked for is recovered.',
  switchItOn: () => 'Switch it on',
  hookMissing: () => 'It is gone at the provider: expired, or removed by somebody.',
  hookUnknown: ({ status }: { status: string }) => `Its state is "${status}".`,
  repair: () => 'Repair',
  addressCurrent: () => 'It points to the present address.',
  addressOld: ({ host }: { host: string }) => `It still points to ${host}, which is not the present address.`,
  deliveryArrived: ({ milliseconds }: { milliseconds: number }) =>
    `A delivery signed with its secret came back through the public address in ${milliseconds} ms.`,
  deliveryRejected: () => 'A delivery signed with its secret was refused: something on the way changes the bytes.',
  changeRoute: () => 'Use another tunnel, or a proxy that passes the body untouched.',
  deliveryLost: ({ reason }: { reason: string }) => `A delivery of our own did not reach this computer (${reason}).`,
  filterUntested: () => 'Its filter cannot be tried: no earlier callback is here.',
  filterTested: ({ passed, total }: { passed: number; total: number }) =>
    `Of the last ${total} callbacks of its kind its filter lets ${passed} pass.`,
  checkFilter: () => 'Look whether the filter is meant so.',
  noRejections: () => 'No callback was refused in the last week.',
  rejections: ({ count, reason }: { count: number; reason: string }) =>
    `${counted(count, 'A callback was', 'callbacks were')} refused in the last week. The latest: ${reason}`,
  lastEvent: ({ at }: { at: string }) => `The latest event or change was at ${at}.`,
  noEvents: () => 'No event so far.',
  inactive: ({ at, perDay }: { at: string; perDay?: number }) =>
    `Nothing was heard since ${at}${perDay === undefined ? '' : `, where there are usually ${perDay} a day`}.`,

  unmatched: ({ count, since, method, path }: { count: number; since: string; method: string; path: string }) =>
    `${counted(count, '1 request', 'requests')} to unknown addresses since ${since}; the last one was ${method} ${path}. Ringback rejects these; they harm nothing.`,
  prefixAdded: ({ added }: { added: string }) =>
    `Callbacks arrive under ${added}/in/… instead of /in/…, so they are rejected.`,
  suffixAdded: ({ added }: { added: string }) =>
    `Callbacks arrive with "${added}" added to their path, so they are rejected.`,
  doubleSlash: () => 'Callbacks arrive with a double slash in their path, so they are rejected.',
  pathRewritten: ({ added }: { added: string }) =>
    `Callbacks arrive at ${added} instead of /in/…, so they are rejected.`,
  otherProtocol: ({ protocol }: { protocol: string }) =>
    `A reverse proxy sends ${protocol} to the receiver, which accepts plain HTTP/1.1, so callbacks are rejected.`,
  plainHttp: (rule: ProxyRule) =>
    [
      'Let the reverse proxy send plain HTTP/1.1, without TLS and without the PROXY protocol; in HAProxy, the server without "ssl", "send-proxy" and "proto h2".',
      ...proxyRules(rule),
    ].join('\n'),
  removePrefix: ({ added, ...rule }: ProxyRule) =>
    [`Let the reverse proxy remove "${added}".`, ...proxyRules({ added, ...rule })].join('\n'),
  passPath: (rule: ProxyRule) =>
    [
      'Let the reverse proxy pass the path as it is: both sides of the rule end with a slash, or neither does.',
      ...proxyRules(rule),
    ].join('\n'),
});
