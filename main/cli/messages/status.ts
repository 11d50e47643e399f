import { defineMessages } from '../../engine/messages/index.ts';

/** The host, its state, its window and its installation. */
export const statusMessages = defineMessages('cliStatus', {
  up: () => 'Run the headless host until it is interrupted',
  upConfig: () => 'a file with environment variables, one NAME=value a line',
  upEnvironment: () => 'Environment:',
  upRemarks:
    () => `The environment wins over the file, and both over what is stored in the settings. SIGHUP reads the file again; the
variables before RINGBACK_RECEIVER_BIND take effect at the next start.`,
  upOldNode: ({ oldest, version }: { oldest: number; version: string }) =>
    `The host needs Node ${oldest} or later; this is ${version}.`,

  status: () => 'Show the state of Ringback in one screen',
  host: () => 'Host',
  desktop: ({ pid }: { pid: number }) => `desktop application, process ${pid}`,
  headless: ({ pid }: { pid: number }) => `headless, process ${pid}`,
  choice: () => 'Choice',
  tunnel: () => 'Tunnel',
  receiver: () => 'Receiver',
  port: ({ port }: { port: number }) => `port ${port}`,
  portOf: ({ port, address }: { port: number; address: string }) => `port ${port} of ${address} and 127.0.0.1`,
  secrets: () => 'Secrets',
  connections: () => 'Connections',
  hooks: () => 'Hooks',
  activeHooks: ({ active, count }: { active: number; count: number }) => `${active} active of ${count}`,
  jobs: () => 'Jobs',
  openJobs: ({ count }: { count: number }) => `${count} in progress`,
  backups: () => 'Backups',
  overdue: ({ count }: { count: number }) => `${count} overdue`,
  accounts: ({ count }: { count: number }) => (count === 1 ? '1 account' : `${count} accounts`),
  warning: () => 'Warning',

  metrics: () => 'Print figures for Prometheus, as GET /metrics gives them',
  open: () => 'Show the window',
  noBrowser: () => 'No browser could be opened. Open the address yourself.',
  token: () => 'What grants access to this host',
  tokenRotate: () => 'Replace the token: windows in browsers, scripts and whoever else has it are shut out',
  tokenRotated: () => 'The token is a new one. Open windows in browsers again: ringback open',
  doctor: () => 'Check everything, or one hook or connection, and say what to do',
  doctorId: () => 'a hook or a connection',
  doctorFailed: () => 'At least one check failed.',

  installation: () => 'Show whether another computer has the same data, and choose which of the two keeps the hooks',
  installationChoose: () =>
    'Go on with the hooks of the other computer, or leave them to it and become a new installation',
  becameNew: () => 'This computer is a new installation. The hooks stay with the other computer.',
  tookOver: () => 'This computer goes on with the hooks. Run "ringback installation choose new" on the other one.',
  copied: () =>
    'this data folder comes from another computer; hooks and tunnel are left alone until you choose: ringback installation choose take-over, or new',
  duplicate: ({ place }: { place: string }) =>
    `another computer, at ${place}, uses the same data; hooks are left alone until you choose: ringback installation choose take-over, or new`,

  completion: () => 'Print the completion script of a shell',
  completionExample: () => 'Example: ringback completion bash > /etc/bash_completion.d/ringback',
  completeWord: () => 'Print what may follow these words, for the completion of a shell',
});
