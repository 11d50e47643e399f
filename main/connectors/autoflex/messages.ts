import { defineMessages } from '../../engine/messages/index.ts';
import { type ContentParameters, describeContent } from '../answer-content.ts';

/** What users read about Autoflex10. */
export const autoflexMessages = defineMessages('autoflex', {
  noToken: ({ host, ...content }: ContentParameters) =>
    `${host} ${describeContent(content)}, so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.`,
});
