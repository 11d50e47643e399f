import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Metadata = z.object({ homepage: z.url() });

/** The page of all versions, below the homepage in the application's package.json. */
export function readReleasePage(application: string): string {
  const { homepage } = Metadata.parse(JSON.parse(readFileSync(join(application, 'package.json'), 'utf8')));
  return `${homepage}/releases`;
}
