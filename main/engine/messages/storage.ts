import { defineMessages } from './message.ts';

export const storageMessages = defineMessages('storage', {
  settingsDamaged: ({ file }: { file: string }) =>
    `The settings file was damaged. It was set aside as ${file}, and a new one started. Hooks that exist at the provider are listed as External once their connection is added again.`,
  clockAhead: ({ days }: { days: number }) =>
    `The clock of this computer is ${days} days ahead of the last known time. Old events are deleted only in small steps until then. Check the date; correct it if it is wrong.`,
  settingsRestored: ({ file, at }: { file: string; at: string }) =>
    `The settings file was damaged. It was set aside as ${file}, and the copy of ${at} was restored. Hooks created since then are listed as External.`,
});
