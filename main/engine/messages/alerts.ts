import { formatByteSize } from '../../../preload/byte-size.ts';
import { defineMessages } from './message.ts';
import { formatDuration } from './times.ts';

const size = (bytes: number): string => formatByteSize(bytes, 'en');

/** Notifications of what keeps events or notifications from arriving, and of its end. */
export const alertMessages = defineMessages('alerts', {
  tunnelDownTitle: () => 'Callbacks cannot reach this computer',
  tunnelDown: () => 'The tunnel is down. Ringback keeps trying; the settings show each attempt.',
  tunnelUpTitle: () => 'Callbacks reach this computer again',
  tunnelUp: ({ time }: { time: number }) => `Down for ${formatDuration(time)}. No missed events were found.`,
  tunnelUpRecovered: ({ time, recovered }: { time: number; recovered: string }) =>
    `Down for ${formatDuration(time)}. Recovered: ${recovered}`,

  rejectedTitle: ({ hook }: { hook: string }) => `Deliveries are rejected: ${hook}`,
  rejected: ({ count, reason }: { count: number; reason: string }) =>
    `${count} in a row. The last reason: ${reason} Rotate the secret of the hook, or run Diagnose.`,
  acceptedTitle: ({ hook }: { hook: string }) => `Deliveries are accepted again: ${hook}`,
  accepted: () => 'Rejected deliveries are listed on the Events page.',

  teamTitle: ({ team }: { team: string }) => `The server of the team “${team}” cannot be reached`,
  teamReceiver: () =>
    'Members get no events until it is back. Ringback keeps what arrives and publishes it then. Check the server.',
  teamMember: () => 'No events arrive from the team until it is back. Tell whoever runs the server.',
  teamProblemTitle: ({ team }: { team: string }) => `No events are exchanged with the team “${team}”`,
  teamOverTitle: ({ team }: { team: string }) => `Events are exchanged with the team “${team}” again`,
  teamOver: ({ time }: { time: number }) => `Interrupted for ${formatDuration(time)}. What came meanwhile is sent now.`,

  teamAwayTitle: ({ team }: { team: string }) => `Nothing is received for the team “${team}”`,
  teamAwayOverTitle: ({ team }: { team: string }) => `Events are received for the team “${team}” again`,
  teamAwayOver: ({ time }: { time: number }) =>
    `Nothing was received for ${formatDuration(time)}. Providers repeat most of what they could not deliver, for a limited time.`,

  keyStoreTitle: ({ name }: { name: string }) => `The key store cannot be used: ${name}`,
  keyStore: () => 'Ringback can neither verify callbacks nor sign in. Unlock it, then restart Ringback.',
  keyStoreOverTitle: ({ name }: { name: string }) => `The key store can be used again: ${name}`,
  keyStoreOver: () => 'Secrets can be stored and read.',

  diskTitle: ({ free }: { free: number }) => `The disk is nearly full: ${size(free)} free`,
  disk: ({ folder }: { folder: string }) => `Events cannot be stored once it is full. Free some space for ${folder}.`,
  diskOverTitle: () => 'The disk has room again',
  diskOver: ({ free }: { free: number }) => `${size(free)} free.`,

  updatesTitle: () => 'Ringback cannot be updated',
  updates: () => 'Newer versions could not be looked up for two days.',
  updatesOverTitle: () => 'Ringback can be updated again',
  updatesOver: () => 'The last check for updates succeeded.',
});
