import type { MessageCatalogue } from '../../../../preload/languages/index.ts';
import { environmentMessages } from './environment.ts';
import { eventMessages } from './events.ts';
import { programMessages } from './program.ts';
import { sandboxMessages } from './sandbox.ts';
import { statusMessages } from './status.ts';
import { teamMessages } from './team.ts';
import { workMessages } from './work.ts';

/** What the command line says, in German. */
export const germanCommandMessages: MessageCatalogue = {
  ...programMessages,
  ...statusMessages,
  ...environmentMessages,
  ...workMessages,
  ...eventMessages,
  ...teamMessages,
  ...sandboxMessages,
};
