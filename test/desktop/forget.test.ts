import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deleteData } from '../../main/desktop/forget.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('the data folder is deleted with everything in it, and nothing beside it', async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, 'Ringback');
  await mkdir(join(folder, 'updates', 'pending'), { recursive: true });
  await writeFile(join(folder, 'events.sqlite'), '');
  await writeFile(join(parent, 'other'), '');
  deleteData(folder);
  expect(existsSync(folder)).toBe(false);
  expect(existsSync(join(parent, 'other'))).toBe(true);
});
