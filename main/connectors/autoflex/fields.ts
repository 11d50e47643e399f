import type { Field } from '../../engine/connector/index.ts';
import { defineTexts, messageMembers } from '../../engine/messages/index.ts';
import { documentedBase } from './api-address.ts';

const texts = defineTexts('autoflexFields', {
  baseUrl: 'Base URL',
  'baseUrl.documentedBase': 'Development, as documented',
  'baseUrl.second': 'Version 2',
  'baseUrl.help':
    'As Autoflex10 gave it to you. Known are the documented development address and https://api.autoflex10.work/v2.',
  username: 'User name',
  apiKey: 'API key',
  'apiKey.help': 'You get it from Autoflex10.',
  password: 'Password',
  organization: 'Organisation',
  'organization.help': 'Only if your user belongs to several organisations.',
  apiHost: 'Also trust this API host',
  'apiHost.help': 'Only if Ringback says that Autoflex10 sends further calls to another host, and you trust it.',
});

/** What a connection to Autoflex10 asks for. */
export const fields: readonly Field[] = [
  {
    name: 'baseUrl',
    ...messageMembers('label', texts.baseUrl),
    kind: 'url',
    required: true,
    default: documentedBase,
    choices: [
      { value: documentedBase, ...messageMembers('label', texts['baseUrl.documentedBase']) },
      { value: 'https://api.autoflex10.work/v2', ...messageMembers('label', texts['baseUrl.second']) },
    ],
    ...messageMembers('help', texts['baseUrl.help']),
  },
  { name: 'username', ...messageMembers('label', texts.username), kind: 'text', required: true },
  {
    name: 'apiKey',
    ...messageMembers('label', texts.apiKey),
    kind: 'secret',
    required: true,
    ...messageMembers('help', texts['apiKey.help']),
  },
  { name: 'password', ...messageMembers('label', texts.password), kind: 'secret', required: true },
  {
    name: 'organization',
    ...messageMembers('label', texts.organization),
    kind: 'text',
    required: false,
    ...messageMembers('help', texts['organization.help']),
  },
  {
    name: 'apiHost',
    ...messageMembers('label', texts.apiHost),
    kind: 'text',
    address: true,
    required: false,
    ...messageMembers('help', texts['apiHost.help']),
  },
];
