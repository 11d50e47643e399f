import { defineMessages } from './message.ts';

export const doctorMessages = defineMessages('doctor', {
  allGood: () => 'No problems found. Probably no events occurred.',
  noHooks: () => 'No problems found, but no hook is registered yet.',
  inconclusive: ({ count }: { count: number }) =>
    `No problems found, but ${count === 1 ? '1 check was' : `${count} checks were`} inconclusive.`,
  severalProblems: ({ count }: { count: number }) => `${count} problems found.`,

  listening: ({ port }: { port: number }) => `Listening on port ${port} of this computer.`,
  tunnelUp: ({ url }: { url: string }) => `A test request through ${url} reached this computer.`,
  tunnelOff: () => 'No tunnel is open, so callbacks cannot reach this computer.',
  setUpTunnel: () => 'Set up a tunnel in the settings.',
  tunnelDown: () => 'Callbacks do not reach this computer.',
  tunnelOpening: () => 'The tunnel is being opened.',
  retry: () => 'Try again',
  notificationsOn: () => 'Notifications are on.',
  notificationsPaused: ({ until }: { until: string }) => `Notifications are paused until ${formatTime(until)}.`,
  notificationsOff: () => 'Notifications are off.',
  turnOnNotifications: () => 'Turn on',

  signedIn: () => 'Signed in.',
  signedInAs: ({ account }: { account: string }) => `Signed in as ${account}.`,
  signIn: () => 'Sign in',
  hooksListed: () => 'All hooks of this connection could be listed.',
  backupOverdue: () => 'There is no verified backup within the time that its schedule allows.',
  lastBackup: ({ at }: { at: string }) => `Last verified backup: ${formatTime(at)}.`,
  noBackup: () => 'There is no verified backup yet.',
  clockUnknown: () => 'The provider does not report its time.',
  clockRight: () => "This computer's clock matches the provider's.",
  clockAhead: ({ minutes }: { minutes: number }) => `This computer's clock is ${minutes} minutes ahead.`,
  clockBehind: ({ minutes }: { minutes: number }) => `This computer's clock is ${minutes} minutes behind.`,
  setClock: () => 'Let the operating system set the time automatically: sign-ins depend on it.',
  providerUnreachable: ({ host, reason }: { host: string; reason: string }) =>
    `${host} could not be reached: ${reason}.`,

  hookActive: ({ status }: { status: string }) => `The provider reports the hook as ${status}.`,
  hookInactive: () => 'The hook is disabled, so the provider delivers nothing.',
  enableHook: () =>
    'Enable the hook. Events of this time are not delivered later; Ringback recovers those it can query.',
  enable: () => 'Enable',
  hookMissing: () => 'The hook no longer exists at the provider: it expired or somebody deleted it.',
  hookUnknown: ({ status }: { status: string }) => `The status of the hook is "${status}".`,
  repair: () => 'Repair',
  addressCurrent: () => 'The hook uses the current public address.',
  addressOld: ({ host }: { host: string }) => `The hook still uses ${host}, which is not the current public address.`,
  deliveryArrived: ({ milliseconds }: { milliseconds: number }) =>
    `A signed test delivery came back through the public address in ${milliseconds} ms.`,
  deliveryRejected: () => 'A signed test delivery was rejected: something on the route changes its bytes.',
  changeRoute: () => 'Use another tunnel, or a proxy that passes the body unchanged.',
  deliveryLost: ({ reason }: { reason: string }) => `A test delivery did not reach this computer (${reason}).`,
  filterUntested: () => 'The filter could not be tested, because there are no earlier callbacks.',
  filterTested: ({ passed, total }: { passed: number; total: number }) =>
    `The filter passes ${passed} of the last ${total} callbacks of this kind.`,
  checkFilter: () => 'Check that the filter is intended.',
  noRejections: () => 'No callback was rejected in the last week.',
  rejections: ({ count, reason }: { count: number; reason: string }) =>
    `${count === 1 ? '1 callback was' : `${count} callbacks were`} rejected in the last week. Latest reason: ${reason.replace(/\.$/, '')}.`,
  lastEvent: ({ at }: { at: string }) => `Last activity: ${formatTime(at)}.`,
  noEvents: () => 'No events yet.',
  inactive: ({ at, perDay }: { at: string; perDay?: number }) =>
    `No events since ${formatTime(at)}${perDay === undefined ? '' : `; usually ${perDay} a day`}.`,
});

/** "Nov 28, 2026, 3:42 AM", in the time zone of this computer. */
function formatTime(time: string): string {
  return new Date(time).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' });
}
