import { defineMessages } from './message.ts';

export const installationMessages = defineMessages('installation', {
  copied: () =>
    'This data folder comes from another computer. Until you choose which of the two goes on, Ringback opens no tunnel and changes no hooks here.',
  notCopied: () => 'This data folder belongs to this computer; there is nothing to choose.',
});
