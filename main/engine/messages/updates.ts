import { defineMessages } from './message.ts';

export const updateMessages = defineMessages('updates', {
  feedUnreachable: () =>
    'The list of versions could not be reached. Ringback tries again tomorrow, or check again now.',
  feedDamaged: () =>
    'The list of versions could not be read. Nothing was downloaded. Ringback tries again tomorrow, or check again now.',
  tampered: ({ version }: { version: string }) =>
    `The download of Ringback ${version} does not match its checksum and was deleted; it was damaged or changed on the way. Nothing was installed. Ringback tries again tomorrow, or check again now.`,
  interrupted: ({ version }: { version: string }) =>
    `The download of Ringback ${version} was interrupted. Nothing was installed. Ringback tries again tomorrow, or check again now.`,
  diskFull: ({ version }: { version: string }) =>
    `There is not enough space to download Ringback ${version}. Free some space and check again.`,
  notInstalled: ({ version }: { version: string }) =>
    `Ringback ${version} could not be installed; this version stays in use. Open the page of all versions to install it by hand.`,
  busy: () => 'A backup or a job is in progress. Install the update once it has ended.',
  notReady: () => 'No update is ready to be installed. Check for updates first.',
  off: () => 'Updates are turned off, so Ringback does not look for newer versions.',
});
