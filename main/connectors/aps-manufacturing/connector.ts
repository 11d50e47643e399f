import type { Connector } from '../../engine/connector.ts';
import { accountName, apsFields, apsSignIn } from '../aps.ts';
import { signatureHeader, verifyEitherSignature } from '../aps-signature.ts';
import { hooks } from './hooks.ts';
import { probe } from './probe.ts';
import { read } from './reading.ts';

/** Milestones of Fusion designs: webhooks of the Manufacturing Data Model API, over GraphQL. */
export const apsManufacturing: Connector = {
  id: 'aps-manufacturing',
  title: 'Autodesk Manufacturing Data Model',
  fields: [
    ...apsFields,
    {
      name: 'endpoint',
      label: 'GraphQL endpoint',
      kind: 'url',
      required: false,
      help: 'Version 1 unless you name another one below the base URL; versions 2 and 3 have no webhooks.',
    },
  ],
  async check(context) {
    await probe(context);
    return { name: await accountName(context) };
  },
  verify: verifyEitherSignature,
  read,
  hooks,
  sign: signatureHeader,
  signIn: apsSignIn,
};
