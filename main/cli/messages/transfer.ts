import { defineMessages } from '../../engine/messages/index.ts';

/** Export and import. */
export const transferMessages = defineMessages('cliTransfer', {
  export: () => 'Write settings, connections, hooks and rules to a file for another computer',
  exportPassphrase: () =>
    'include credentials, encrypted: read a passphrase from a prompt, from standard input, or from that environment variable',
  import: () => 'Take over what another computer exported',
  importPassphrase: () => 'read a passphrase from a prompt, from standard input, or from that environment variable',
  dryRun: () => 'say what would be imported, and change nothing',
  exists: ({ file }: { file: string }) => `${file} exists already. Choose another name.`,
  notWritten: ({ file, detail }: { file: string; detail: string }) => `${file} could not be written: ${detail}`,
  notRead: ({ file, detail }: { file: string; detail: string }) => `${file} could not be read: ${detail}`,
  exported: ({ file }: { file: string }) => `Exported to ${file}`,
  undecryptable: ({ names }: { names: string }) =>
    `Credentials of these could not be decrypted and are not in the file: ${names}. Enter them again, or on the other computer.`,
  noFile: () => 'The file is missing.',
  'kind-settings': () => 'settings',
  'kind-connection': () => 'connection',
  'kind-plan': () => 'plan',
  'kind-hook': () => 'hook',
  'kind-rules': () => 'rules',
  'kind-views': () => 'views',
  part: () => 'PART',
  name: () => 'NAME',
  state: () => 'STATE',
  problem: () => 'PROBLEM',
  empty: () => 'The file is empty.',
  withoutCredentials: () => 'The file holds credentials, which were not imported. Import it again with --passphrase.',
  incomplete: () => 'Not everything could be imported. Import the file again afterwards.',
  passphrase: () => 'passphrase',
  passphraseAgain: () => 'passphrase again',
  different: () => 'The two passphrases are different. Nothing was exported.',
});
