import { defineMessages } from './message.ts';

interface Named {
  readonly name: string;
}

/** Why a connection or a sign-in failed, and notifications about sign-ins. */
export const connectionMessages = defineMessages('connections', {
  unknownConnector: ({ connector }: { connector: string }) => `There is no connector "${connector}".`,
  secretsUnreadable: ({ name }: Named) => `The credentials of "${name}" can no longer be read. Enter them again.`,
  secretsMissing: ({ name }: Named) =>
    `The credentials of "${name}" were not entered on this computer yet. Enter them under Connections.`,
  secretsLost: ({ name }: Named) =>
    `The credentials of "${name}" can no longer be read because the key store changed. Enter them again.`,
  signInLost: ({ name }: Named) =>
    `The sign-in of "${name}" can no longer be read because the key store changed. Sign in again.`,
  duplicate: ({ name }: Named) => `This account is already connected as "${name}".`,
  kindChanged: () => 'Hooks belong to the kind of account that created them. Add another connection.',
  secretForNewAddress: ({ field }: { field: string }) =>
    `The address was changed, and the stored ${field} belongs to the previous address. Enter the ${field} again.`,
  notBrowsable: ({ connector }: { connector: string }) => `${connector} has nothing to browse. Enter the ID instead.`,

  unknownSetting: ({ name }: Named) => `There is no setting "${name}" here.`,
  unknownSecret: ({ name }: Named) => `There is no secret "${name}" here.`,
  fieldMissing: ({ field }: { field: string }) => `${field} is missing.`,
  fieldChoice: ({ field }: { field: string }) => `${field} must be one of the given choices.`,
  fieldPort: ({ field }: { field: string }) => `${field} must be a number from 1024 to 65535.`,
  fieldAddress: ({ field }: { field: string }) =>
    `${field} must be an https address without query or fragment; http is accepted for this computer only.`,

  signInNotNeeded: () => 'This connection signs in automatically.',
  signInCancelled: () => 'The sign-in was cancelled.',
  signInTimeout: ({ minutes, provider, redirectUri }: { minutes: number; provider: string; redirectUri: string }) =>
    `The sign-in was not completed in the browser within ${minutes} minutes. If ${provider} showed an error there, register exactly ${redirectUri} as a callback URL of the app, and sign in again.`,
  portInUse: ({ port }: { port: number }) =>
    `Another program uses port ${port}, which the sign-in needs. Close that program, or choose another port for the connection and register its callback URL.`,
  portsInUse: ({ ports }: { ports: string }) =>
    `Other programs use the ports ${ports}, one of which the sign-in needs. Close one of them, or choose another port for the connection and register its callback URL.`,
  accountChanged: ({ name, account, previous }: Named & { account: string; previous: string }) =>
    `"${name}" now acts as ${account}. Hooks that ${previous} created there are no longer visible here.`,
  signInEndsSoon: ({ name }: Named) => `The sign-in of "${name}" ends soon`,
  signInNotRenewed: ({ until }: { until: string }) =>
    `It could not be renewed and ends on ${longDate(until)}. Connect this computer to the internet, or sign in again.`,
  signInAgain: ({ name }: Named) => `Sign in again: ${name}`,
  signInEnded: () => 'The sign-in has ended.',
  hooksStay: () => 'Its hooks are kept.',
});

/** "2026-12-01T…" → "Tuesday, December 1". */
function longDate(time: string): string {
  return new Date(time).toLocaleDateString('en', { weekday: 'long', month: 'long', day: 'numeric' });
}
