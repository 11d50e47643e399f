import type { HelpLink } from '../../engine/connector/index.ts';

export const portalLink: HelpLink = {
  id: 'autodesk-portal',
  label: 'Where to find the client ID and secret',
  url: 'https://aps.autodesk.com/myapps/',
  form: 'connection',
};

export const integrationsLink: HelpLink = {
  id: 'autodesk-integrations',
  label: 'Give the app access to an account',
  url: 'https://aps.autodesk.com/en/docs/bim360/v1/tutorials/getting-started/manage-access-to-docs/',
  form: 'connection',
};

export const webhooksLink: HelpLink = {
  id: 'autodesk-webhooks',
  label: 'About these webhooks',
  url: 'https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/overview/',
  form: 'hook',
};
