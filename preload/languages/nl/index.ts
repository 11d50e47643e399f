import type { MessageCatalogue } from '../index.ts';
import { apiMessages } from './api.ts';
import { connectorMessages } from './connectors/index.ts';
import { desktopMessages } from './desktop.ts';
import { doctorMessages } from './doctor.ts';
import { hookMessages } from './hooks.ts';
import { notificationMessages } from './notifications.ts';
import { recoveryMessages } from './recovery.ts';
import { storageMessages } from './storage.ts';
import { tunnelMessages } from './tunnel.ts';

export const dutchMessages: MessageCatalogue = {
  ...apiMessages,
  ...notificationMessages,
  ...hookMessages,
  ...tunnelMessages,
  ...storageMessages,
  ...recoveryMessages,
  ...connectorMessages,
  ...desktopMessages,
  ...doctorMessages,
};
