import type { Settings } from '../../../preload/contract/index.ts';
import type { Ports } from '../ports.ts';

/** The system's do-not-disturb, where the host can read it and the user wants it followed. */
export interface DoNotDisturb {
  /** Whether it pauses notifications, as it was last read; undefined where the host cannot know. */
  readonly active: boolean | undefined;
  read(): Promise<boolean>;
}

interface DoNotDisturbParts {
  readonly doNotDisturb?: Ports['doNotDisturb'];
  settings(): Settings['notifications'];
}

export function createDoNotDisturb({ doNotDisturb, settings }: DoNotDisturbParts): DoNotDisturb {
  let isOn = false;
  const isFollowed = (): boolean => settings().followDoNotDisturb !== false;
  return {
    get active() {
      return doNotDisturb && isOn && isFollowed();
    },
    async read() {
      isOn = isFollowed() && (await ask(doNotDisturb));
      return isOn;
    },
  };
}

/** What cannot be read pauses nothing. */
async function ask(doNotDisturb: Ports['doNotDisturb']): Promise<boolean> {
  try {
    return (await doNotDisturb?.()) ?? false;
  } catch {
    return false;
  }
}
