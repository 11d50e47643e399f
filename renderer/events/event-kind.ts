import {
  type Icon,
  IconBell,
  IconCloudUpload,
  IconCube,
  IconDatabaseExport,
  IconFilePlus,
  IconFolder,
  IconLock,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';

/** Icons by words in the names of events; the first match is used. */
const icons: readonly (readonly [RegExp, Icon])[] = [
  [/backup/i, IconDatabaseExport],
  [/delet|remov/i, IconTrash],
  [/lock|reserv/i, IconLock],
  [/folder/i, IconFolder],
  [/publish|upload/i, IconCloudUpload],
  [/sync/i, IconRefresh],
  [/extract|translat|process/i, IconCube],
  [/added|created|version|copied/i, IconFilePlus],
  [/modif|updat|renam|moved/i, IconPencil],
];

/** The icon of an event, by the provider's name of it. */
export function kindIconOf(event: string | undefined): Icon {
  return icons.find(([pattern]) => event !== undefined && pattern.test(event))?.[1] ?? IconBell;
}
