import { defineMessages } from '../../engine/messages/index.ts';
import { type ContentParameters, describeContent } from '../answer-content.ts';

/** What users read about Autodesk's services. */
export const apsMessages = defineMessages('aps', {
  noToken: ({ host, ...content }: ContentParameters) =>
    `${host} ${describeContent(content)}, so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.`,
});
