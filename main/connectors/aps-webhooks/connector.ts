import type { Connector } from '../../engine/connector/index.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import {
  accountName,
  apsFields,
  apsSignIn,
  call,
  integrationsLink,
  limitationsOf,
  portalLink,
  regionOf,
  regions,
  signatureHeader,
  verifySignature,
  webhooksLink,
} from '../aps/index.ts';
import { browse } from '../aps-browse/index.ts';
import { derivativeJobs } from '../aps-derivative/index.ts';
import { hooks } from './hooks.ts';
import { webhookMessages } from './messages.ts';
import { recovery } from './missed.ts';
import { read } from './reading.ts';
import { sample } from './sample.ts';

/** Webhooks API v1 of Autodesk Platform Services, called as the application (2-legged) or as a user (3-legged). */
export const apsWebhooks: Connector = {
  id: 'aps-webhooks',
  title: 'Autodesk Platform Services',
  fields: [
    ...apsFields,
    {
      name: 'region',
      ...messageMembers('label', webhookMessages.region()),
      kind: 'choice',
      required: false,
      default: 'US',
      choices: [...regions],
      ...messageMembers('help', webhookMessages.regionHelp()),
    },
    {
      name: 'signingSecret',
      ...messageMembers('label', webhookMessages.signingSecret()),
      kind: 'secret',
      required: false,
      ...messageMembers('help', webhookMessages.signingSecretHelp()),
    },
  ],
  links: [portalLink, integrationsLink, webhooksLink],
  eventNouns: [{ event: /^dm\.version\.added/, counted: webhookMessages.newVersions }],
  quietEvents: [
    ...['dm.version.modified', 'dm.lineage.*', 'dm.folder.*', 'dm.operation.started'],
    ...['extraction.updated', 'model.*', 'item.lock', 'item.unlock', 'item.update', 'dt.mutation'],
  ],
  async check(context) {
    await call(context, { method: 'GET', path: '/webhooks/v1/hooks', region: regionOf(context) });
    return { name: await accountName(context) };
  },
  verify: verifySignature,
  sign: signatureHeader,
  sample,
  read,
  hooks,
  browse,
  jobs: derivativeJobs,
  signIn: apsSignIn,
  limitations: limitationsOf,
  recovery,
};
