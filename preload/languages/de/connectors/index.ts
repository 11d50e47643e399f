import type { MessageCatalogue } from '../../index.ts';
import { apsMessages } from './aps.ts';
import { apsEvents } from './aps-events.ts';
import { apsTexts } from './aps-texts.ts';
import { signInMessages } from './sign-in.ts';

/** What the connectors say, in German. */
export const connectorMessages: MessageCatalogue = { ...signInMessages, ...apsMessages, ...apsTexts, ...apsEvents };
