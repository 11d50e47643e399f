import type { Context, Field, Limitation } from '../../engine/connector/index.ts';
import { referenceOf } from '../../engine/messages/index.ts';
import { apsMessages } from './messages.ts';

type Settings = Context['settings'];

const defaultBaseUrl = 'https://developer.api.autodesk.com';
/** Autodesk takes callback URLs only as they are registered, so the ports are few and fixed. */
export const redirect = { portField: 'redirectPort', ports: [8080, 12495, 7495], path: '/callback' } as const;
const personal = { field: 'kind', in: ['user', 'public'] } as const;

/** Whether a person signs in, and when. */
export const whenPersonal = { field: personal.field, in: [...personal.in] };

/** What every connection to Autodesk Platform Services asks for. */
export const apsFields: readonly Field[] = [
  {
    name: 'kind',
    label: 'Who acts',
    kind: 'choice',
    required: true,
    default: 'app',
    choices: [
      { value: 'app', label: 'The app itself, with its secret (2-legged)' },
      { value: 'user', label: 'You, through an app with a secret (3-legged)' },
      { value: 'public', label: 'You, through an app without a secret (PKCE)' },
    ],
    help: 'The app sees what was given to it; you see what is yours. Hooks belong to whoever made them.',
  },
  {
    name: 'clientId',
    label: 'Client ID',
    kind: 'text',
    required: true,
    help: 'From your app in the developer portal, aps.autodesk.com/myapps.',
  },
  {
    name: 'clientSecret',
    label: 'Client secret',
    kind: 'secret',
    required: true,
    when: { field: 'kind', in: ['app', 'user'] },
    help: 'Stands beside the client ID. It is encrypted before it is stored and never shown again.',
  },
  {
    name: redirect.portField,
    label: 'Sign-in port',
    kind: 'port',
    required: false,
    when: whenPersonal,
    help: 'Where the browser brings the answer on this computer. Leave it empty, or choose another and register its URL.',
  },
  {
    name: 'baseUrl',
    label: 'Base URL',
    kind: 'url',
    required: false,
    default: defaultBaseUrl,
    help: 'Leave it as it is, unless you use a simulator for Autodesk.',
  },
];

export function kindOf({ kind }: Settings): 'app' | 'user' | 'public' {
  return kind === 'user' || kind === 'public' ? kind : 'app';
}

/** Whom the tokens of a connection speak for; the other leg does not see its hooks. */
export function legOf({ settings }: Pick<Context, 'settings'>): 'app' | 'user' {
  return kindOf(settings) === 'app' ? 'app' : 'user';
}

/** Autodesk keeps APIs that may cost tokens from apps without a secret ("App types"). */
export function limitationsOf(settings: Settings): readonly Limitation[] {
  if (kindOf(settings) !== 'public') return [];
  const message = apsMessages.noDerivative();
  return [{ bundle: 'jobs', reason: message.text, reasonMessage: referenceOf(message) }];
}

export function baseUrlOf({ settings }: Pick<Context, 'settings'>): string {
  return (settings.baseUrl || defaultBaseUrl).replace(/\/+$/, '');
}

/** Autodesk answers it from another host than everything else. */
export function userInfoUrlOf(context: Pick<Context, 'settings'>): string {
  const base = baseUrlOf(context);
  return base === defaultBaseUrl ? 'https://api.userprofile.autodesk.com/userinfo' : `${base}/userinfo`;
}

/** The app, told apart by the first characters of its client id. */
export function appName({ settings: { clientId = '' } }: Pick<Context, 'settings'>): string {
  return clientId.length > 12 ? `App ${clientId.slice(0, 8)}…` : `App ${clientId}`;
}
