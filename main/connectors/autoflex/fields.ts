import type { Field } from '../../engine/connector/index.ts';
import { defineTexts, messageMembers } from '../../engine/messages/index.ts';
import { documentedBase } from './api-address.ts';

const texts = defineTexts('autoflexFields', {
  baseUrl: 'Base URL',
  'baseUrl.documentedBase': 'Development, as documented',
  'baseUrl.second': 'Version 2',
  'baseUrl.help':
    'The URL you received from Autoflex10. The documented development address and https://api.autoflex10.work/v2 are known.',
  username: 'User name',
  'username.help': 'The one you sign in to Autoflex10 with.',
  apiKey: 'API key',
  'apiKey.help': 'You receive it from Autoflex10. Stored encrypted; never shown again.',
  password: 'Password',
  'password.help': 'Of this user. Stored encrypted; never shown again.',
  organization: 'Organisation',
  'organization.help': 'Only if your user belongs to several organisations.',
  apiHost: 'Also trust this API host',
  'apiHost.help': 'Only if Ringback says that Autoflex10 sends further calls to another host, and you trust it.',
});

/** The fields of a connection to Autoflex10. */
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
  {
    name: 'username',
    ...messageMembers('label', texts.username),
    kind: 'text',
    required: true,
    ...messageMembers('help', texts['username.help']),
  },
  {
    name: 'apiKey',
    ...messageMembers('label', texts.apiKey),
    kind: 'secret',
    required: true,
    ...messageMembers('help', texts['apiKey.help']),
  },
  {
    name: 'password',
    ...messageMembers('label', texts.password),
    kind: 'secret',
    required: true,
    ...messageMembers('help', texts['password.help']),
  },
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
