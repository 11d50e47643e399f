import {
  type Icon,
  IconBell,
  IconCubeSend,
  IconDatabaseExport,
  IconHome,
  IconPlugConnected,
  IconSettings,
  IconUsersGroup,
  IconWebhook,
} from '@tabler/icons-react';
import type { Page } from '../view.ts';

export const iconOf: Readonly<Record<Page, Icon>> = {
  home: IconHome,
  events: IconBell,
  hooks: IconWebhook,
  jobs: IconCubeSend,
  backups: IconDatabaseExport,
  connections: IconPlugConnected,
  team: IconUsersGroup,
  settings: IconSettings,
};
