import type { Connector, Context, Limitation } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { accountName, apsFields, apsSignIn, portalLink, signatureHeader, verifyEitherSignature } from '../aps/index.ts';
import { designs } from './designs.ts';
import { NoWebhooksError } from './graphql.ts';
import { hooks } from './hooks.ts';
import { manufacturingMessages } from './messages.ts';
import { probe } from './probe.ts';
import { read } from './reading.ts';
import { sample } from './sample.ts';

/** Milestones of Fusion designs: webhooks of the Manufacturing Data Model API, over GraphQL. */
export const apsManufacturing: Connector = {
  id: 'aps-manufacturing',
  title: 'Autodesk Manufacturing Data Model',
  fields: [
    ...apsFields,
    {
      name: 'endpoint',
      ...messageMembers('label', manufacturingMessages.endpoint()),
      kind: 'url',
      required: false,
      ...messageMembers('help', manufacturingMessages.endpointHelp()),
    },
  ],
  links: [portalLink],
  eventNouns: [{ event: /milestone/i, counted: manufacturingMessages.milestones }],
  async check(context) {
    // An account without webhooks is accepted: callbacks of earlier hooks may still arrive.
    const lack = await lackOf(context);
    const name = await accountName(context);
    return lack ? { name, limitations: [lack] } : { name };
  },
  verify: verifyEitherSignature,
  mayBeUnsigned: true,
  read,
  hooks,
  browse: designs,
  sign: signatureHeader,
  sample,
  signIn: apsSignIn,
};

const versionHook = {
  connector: 'aps-webhooks',
  system: 'data',
  event: 'dm.version.added',
  ...messageMembers('text', manufacturingMessages.watchVersions()),
} as const;

/** Why the endpoint has no webhooks; undefined where it has them. */
async function lackOf(context: Context): Promise<Limitation | undefined> {
  try {
    await probe(context);
    return undefined;
  } catch (error) {
    if (!(error instanceof NoWebhooksError)) throw error;
    const { message: reason, reason: reasonMessage } = error;
    return { bundle: 'hooks', reason, reasonMessage, instead: versionHook };
  }
}
