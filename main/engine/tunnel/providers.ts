import { openCloudflared } from './cloudflared.ts';
import { openLocaltunnel } from './localtunnel.ts';
import { ownUrl, type Way, type WayOptions, type WaySettings } from './provider.ts';
import { openSshForward } from './ssh.ts';

/** Throws a RingbackError that says why it cannot be opened: "offline" where nobody answered. */
export async function openWay(settings: WaySettings, options: WayOptions): Promise<Way> {
  switch (settings.provider) {
    case 'localtunnel':
      return openLocaltunnel(settings, options);
    case 'ssh':
      return openSshForward(settings, options);
    case 'cloudflared':
      return openCloudflared(settings, options);
    case 'fixed':
      return { url: ownUrl(settings.url), close: () => Promise.resolve() };
  }
}
