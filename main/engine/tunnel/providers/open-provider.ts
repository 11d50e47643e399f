import { normalizeAddress } from '../../../../preload/contract/index.ts';
import { openCloudflared } from './cloudflared.ts';
import { openLocaltunnel } from './localtunnel.ts';
import type { ProviderConnection, ProviderOptions, ProviderSettings } from './provider.ts';
import { openSshForward } from './ssh.ts';

/** Throws a RingbackError that says why it cannot be opened: "offline" where nobody responded. */
export async function openProvider(settings: ProviderSettings, options: ProviderOptions): Promise<ProviderConnection> {
  switch (settings.provider) {
    case 'localtunnel':
      return openLocaltunnel(settings, options);
    case 'ssh':
      return openSshForward(settings, options);
    case 'cloudflared':
      return openCloudflared(settings, options);
    case 'fixed':
      return { url: normalizeAddress(settings.url), close: () => Promise.resolve() };
  }
}
