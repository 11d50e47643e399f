import type { Context, Field, Limitation } from '../../engine/connector/index.ts';
import { defineTexts, messageMembers, referenceOf } from '../../engine/messages/index.ts';
import { apsMessages } from './messages.ts';

type Settings = Context['settings'];

const defaultBaseUrl = 'https://developer.api.autodesk.com';
/** Autodesk accepts only callback URLs that are registered with the app, so the ports are few and fixed. */
export const redirect = { portField: 'redirectPort', ports: [8080, 12495, 7495], path: '/callback' } as const;
const personal = { field: 'kind', in: ['user', 'public'] } as const;

/** The condition under which a connection signs in as a user. */
export const whenPersonal = { field: personal.field, in: [...personal.in] };

const texts = defineTexts('apsFields', {
  kind: 'Sign in as',
  'kind.app': 'The app itself, with its secret (2-legged)',
  'kind.user': 'You, through an app with a secret (3-legged)',
  'kind.public': 'You, through an app without a secret (PKCE)',
  'kind.help': 'The app sees only the data shared with it; you see your own. Hooks belong to whoever created them.',
  clientId: 'Client ID',
  'clientId.help': 'From your app in the developer portal, aps.autodesk.com/myapps.',
  clientSecret: 'Client secret',
  'clientSecret.help': 'Next to the client ID in the portal. Stored encrypted; never shown again.',
  redirectPort: 'Sign-in port',
  'redirectPort.help': 'Local port for the sign-in redirect. Leave it empty, or choose another and register its URL.',
  baseUrl: 'Base URL',
  'baseUrl.help': 'Leave it as it is, unless you use a simulator for Autodesk.',
});

/** The fields of every connection to Autodesk Platform Services. */
export const apsFields: readonly Field[] = [
  {
    name: 'kind',
    ...messageMembers('label', texts.kind),
    kind: 'choice',
    required: true,
    default: 'app',
    choices: [
      { value: 'app', ...messageMembers('label', texts['kind.app']) },
      { value: 'user', ...messageMembers('label', texts['kind.user']) },
      { value: 'public', ...messageMembers('label', texts['kind.public']) },
    ],
    ...messageMembers('help', texts['kind.help']),
  },
  {
    name: 'clientId',
    ...messageMembers('label', texts.clientId),
    kind: 'text',
    required: true,
    ...messageMembers('help', texts['clientId.help']),
  },
  {
    name: 'clientSecret',
    ...messageMembers('label', texts.clientSecret),
    kind: 'secret',
    required: true,
    when: { field: 'kind', in: ['app', 'user'] },
    ...messageMembers('help', texts['clientSecret.help']),
  },
  {
    name: redirect.portField,
    ...messageMembers('label', texts.redirectPort),
    kind: 'port',
    required: false,
    when: whenPersonal,
    ...messageMembers('help', texts['redirectPort.help']),
  },
  {
    name: 'baseUrl',
    ...messageMembers('label', texts.baseUrl),
    kind: 'url',
    required: false,
    default: defaultBaseUrl,
    ...messageMembers('help', texts['baseUrl.help']),
  },
];

export function kindOf({ kind }: Settings): 'app' | 'user' | 'public' {
  return kind === 'user' || kind === 'public' ? kind : 'app';
}

/** Whether the connection uses tokens of the app (2-legged) or of a user (3-legged); neither sees the hooks of the other. */
export function legOf({ settings }: Pick<Context, 'settings'>): 'app' | 'user' {
  return kindOf(settings) === 'app' ? 'app' : 'user';
}

/** APIs that may cost tokens are not available to apps without a secret (Autodesk: "App types"). */
export function limitationsOf(settings: Settings): readonly Limitation[] {
  if (kindOf(settings) !== 'public') return [];
  const message = apsMessages.noDerivative();
  return [{ bundle: 'jobs', reason: message.text, reasonMessage: referenceOf(message) }];
}

export function baseUrlOf({ settings }: Pick<Context, 'settings'>): string {
  return (settings.baseUrl || defaultBaseUrl).replace(/(?<!\/)\/+$/, '');
}

/** This endpoint has a host of its own, unlike all others. */
export function userInfoUrlOf(context: Pick<Context, 'settings'>): string {
  const base = baseUrlOf(context);
  return base === defaultBaseUrl ? 'https://api.userprofile.autodesk.com/userinfo' : `${base}/userinfo`;
}

/** The title of an app: the first characters of its client id. */
export function appName({ settings: { clientId = '' } }: Pick<Context, 'settings'>): string {
  return clientId.length > 12 ? `App ${clientId.slice(0, 8)}…` : `App ${clientId}`;
}
