import { defineMessages } from './message.ts';

export const proxyMessages = defineMessages('proxy', {
  passwordLost: () =>
    'The password of the proxy can no longer be read because the key store changed. Enter it again in Settings → Network.',
});
