import { backupsTexts } from './backups.ts';
import { connectionsTexts } from './connections.ts';
import { doctorTexts } from './doctor.ts';
import { eventsTexts } from './events.ts';
import { homeTexts } from './home.ts';
import { hooksTexts } from './hooks.ts';
import { jobsTexts } from './jobs.ts';
import { partsTexts } from './parts.ts';
import { settingsTexts } from './settings.ts';
import { shellTexts } from './shell.ts';
import { sinkTexts } from './sinks.ts';
import { teamTexts } from './team.ts';

export const dutch = {
  ...partsTexts,
  ...shellTexts,
  ...homeTexts,
  ...eventsTexts,
  ...hooksTexts,
  ...jobsTexts,
  ...backupsTexts,
  ...connectionsTexts,
  ...doctorTexts,
  ...teamTexts,
  ...settingsTexts,
  ...sinkTexts,
};
