import type { MessageCatalogue } from '../../index.ts';
import { apsMessages } from './aps.ts';
import { apsEvents } from './aps-events.ts';
import { readingMessages } from './aps-readings.ts';
import { apsTexts } from './aps-texts.ts';
import { signInMessages } from './sign-in.ts';

/** Messages of the connectors, in Dutch. */
export const connectorMessages: MessageCatalogue = {
  ...signInMessages,
  ...apsMessages,
  ...apsTexts,
  ...apsEvents,
  ...readingMessages,
};
