import type { Field } from '../../engine/connector/index.ts';
import { apiHostLabel, documentedBase } from './api-address.ts';

/** What a connection to Autoflex10 asks for. */
export const fields: readonly Field[] = [
  {
    name: 'baseUrl',
    label: 'Base URL',
    kind: 'url',
    required: true,
    default: documentedBase,
    choices: [
      { value: documentedBase, label: 'Development, as documented' },
      { value: 'https://api.autoflex10.work/v2', label: 'Version 2' },
    ],
    help: 'As Autoflex10 gave it to you. Known are the documented development address and https://api.autoflex10.work/v2.',
  },
  { name: 'username', label: 'User name', kind: 'text', required: true },
  { name: 'apiKey', label: 'API key', kind: 'secret', required: true, help: 'You get it from Autoflex10.' },
  { name: 'password', label: 'Password', kind: 'secret', required: true },
  {
    name: 'organization',
    label: 'Organisation',
    kind: 'text',
    required: false,
    help: 'Only if your user belongs to several organisations.',
  },
  {
    name: 'apiHost',
    label: apiHostLabel,
    kind: 'text',
    address: true,
    required: false,
    help: 'Only if Ringback says that Autoflex10 sends further calls to another host, and you trust it.',
  },
];
