import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
const find = (program: string): string => spawnSync('which', [program], { encoding: 'utf8' }).stdout?.trim() ?? '';
const tools = ['mksquashfs', 'unsquashfs', 'desktop-file-validate'].map((name) => ({ name, path: find(name) }));
const canBuild = process.platform === 'linux' && process.arch === 'x64' && tools.every(({ path }) => path !== '');

const runtimeSize = 512;
/** In place of the AppImage's runtime, which mounts what is behind it: this one unpacks that, and starts it. */
const runtime = `#!/bin/sh
folder=$(mktemp -d)
unsquashfs -q -n -o ${runtimeSize} -d "$folder/application" "$0" >/dev/null
APPDIR="$folder/application" "$folder/application/AppRun" "$@"
code=$?
rm -rf "$folder"
exit $code
`.padEnd(runtimeSize, '\n');

/** Builds an AppImage of a program that prints its parameters, with tools of this system in place of downloaded ones. */
async function buildAppImage() {
  const folder = await temporaryFolder();
  const application = join(folder, 'application');
  const toolset = join(folder, 'toolset');
  await mkdir(join(toolset, 'runtimes'), { recursive: true });
  await mkdir(join(toolset, 'lib/x64'), { recursive: true });
  await mkdir(join(application, 'resources'), { recursive: true });
  await writeFile(join(toolset, 'runtimes/runtime-x64'), runtime);
  await writeFile(join(application, 'ringback'), '#!/bin/sh\necho "started $*"\n', { mode: 0o755 });
  for (const { name, path } of tools) await symlink(path, join(toolset, name));
  const output = join(folder, 'dist');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'AppImage', '--x64', '--publish', 'never', '--prepackaged', application],
      `-c.directories.output=${output}`,
    ],
    { cwd: root, encoding: 'utf8', env: { ...process.env, APPIMAGE_TOOLS_PATH: toolset } },
  );
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}${stderr}`);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  return { folder, output, file: join(output, `ringback-${version}-linux-x86_64.AppImage`) };
}

test.skipIf(!canBuild)(
  'the AppImage starts the program, is listed with its checksum, and keeps the sandbox',
  async () => {
    const { folder, output, file } = await buildAppImage();
    const started = spawnSync(file, ['--hidden', 'ringback://event/1'], { encoding: 'utf8' });
    expect(started.stdout, started.stderr).toMatch(/^started .*--hidden ringback:\/\/event\/1$/m);

    const contents = join(folder, 'contents');
    spawnSync('unsquashfs', ['-q', '-n', '-o', `${runtimeSize}`, '-d', contents, file]);
    const entry = await readFile(join(contents, 'ringback.desktop'), 'utf8');
    expect(entry).toMatch(/^StartupWMClass=ringback$/m);
    expect(entry).toMatch(/^MimeType=x-scheme-handler\/ringback;$/m);
    expect(entry).not.toContain('--no-sandbox');
    expect(spawnSync('desktop-file-validate', [join(contents, 'ringback.desktop')], { encoding: 'utf8' }).stdout).toBe(
      '',
    );

    const { homepage } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      readonly homepage: string;
    };
    expect(await readFile(join(contents, 'resources/app-update.yml'), 'utf8')).toContain(`url: ${homepage}/updates`);
    const checksum = createHash('sha512')
      .update(await readFile(file))
      .digest('base64');
    expect(await readFile(join(output, 'latest-linux.yml'), 'utf8')).toContain(`sha512: ${checksum}`);
  },
);
