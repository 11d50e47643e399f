import { defineMessages } from './message.ts';

export const installationMessages = defineMessages('installation', {
  copied: () =>
    'This data folder comes from another computer. Until you choose which of the two goes on, Ringback opens no tunnel and changes no hooks here.',
  duplicatedTitle: () => 'Another computer uses the same data',
  duplicated: ({ address }: { address: string }) =>
    `Another computer, at ${address}, runs with a copy of this data folder, and both would move the same hooks to themselves. Until you choose in Ringback’s window which of the two goes on, this one changes no hooks.`,
  notCopied: () => 'This data folder belongs to this computer; there is nothing to choose.',
  noSandbox: () => 'This host cannot open another Ringback. Run the command that the window shows.',
  sandboxFailed: ({ reason }: { reason: string }) => `The sandbox could not be started: ${reason}`,
});

/** Moving to another computer: why a file cannot be imported. */
export const transferMessages = defineMessages('transfer', {
  notAnExport: () => 'This is not a file that Ringback exported. Choose another file.',
  newerVersion: () => 'A newer Ringback exported this file. Update Ringback on this computer, then import it again.',
  damaged: ({ place }: { place: string }) =>
    `This file was changed or damaged at "${place}", so nothing was imported. Export it again.`,
  byCommand: () => 'Credentials never reach this window. Export them on the host: ringback export FILE --passphrase',
  tooManyRules: ({ left, most }: { left: number; most: number }) =>
    `${left} rules were not imported: there can be ${most}. Remove some, then import the file again.`,
  tooManyViews: ({ left, most }: { left: number; most: number }) =>
    `${left} saved views were not imported: there can be ${most}. Remove some, then import the file again.`,
  wrongPassphrase: () =>
    'The passphrase is not the one with which the file was exported, or the file was changed since. Enter it again, or import without credentials.',
});
