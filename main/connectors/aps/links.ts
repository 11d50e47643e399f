import type { HelpLink } from '../../engine/connector/index.ts';
import { defineTexts, messageMembers } from '../../engine/messages/index.ts';

const labels = defineTexts('apsLinks', {
  portal: 'Where to find the client ID and secret',
  integrations: 'Give the app access to an account',
  webhooks: 'About these webhooks',
});

export const portalLink: HelpLink = {
  id: 'autodesk-portal',
  ...messageMembers('label', labels.portal),
  url: 'https://aps.autodesk.com/myapps/',
  form: 'connection',
};

export const integrationsLink: HelpLink = {
  id: 'autodesk-integrations',
  ...messageMembers('label', labels.integrations),
  url: 'https://aps.autodesk.com/en/docs/bim360/v1/tutorials/getting-started/manage-access-to-docs/',
  form: 'connection',
};

export const webhooksLink: HelpLink = {
  id: 'autodesk-webhooks',
  ...messageMembers('label', labels.webhooks),
  url: 'https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/overview/',
  form: 'hook',
};
