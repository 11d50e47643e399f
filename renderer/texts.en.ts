import { backupsTexts } from './backups/index.ts';
import { connectionsTexts } from './connections/index.ts';
import { doctorTexts } from './doctor/index.ts';
import { eventsTexts } from './events/index.ts';
import { homeTexts } from './home/index.ts';
import { hooksTexts } from './hooks/index.ts';
import { jobsTexts } from './jobs/index.ts';
import { partsTexts } from './parts/index.ts';
import { pickerTexts } from './picker/index.ts';
import { settingsTexts } from './settings/index.ts';
import { shellTexts } from './shell/index.ts';
import { teamTexts } from './team/index.ts';

/** All texts of the window in English. Those of other languages have the same shape, in `languages/<language>/`. */
export const english = {
  ...partsTexts,
  ...shellTexts,
  ...homeTexts,
  ...eventsTexts,
  ...hooksTexts,
  ...jobsTexts,
  ...backupsTexts,
  ...connectionsTexts,
  ...doctorTexts,
  ...pickerTexts,
  ...teamTexts,
  ...settingsTexts,
} as const;
