import { expect, test } from 'vitest';
import { sandboxProgram, startSandboxBeside } from '../../main/demo/second-ringback.ts';

const self = { program: '/opt/Ringback/ringback', parameters: ['--hidden'], source: undefined };

test('the sandbox is a second program with a data folder of its own', () => {
  const environment = { PATH: '/bin', RINGBACK_DATA_DIR: '/data', ELECTRON_RUN_AS_NODE: '1' };
  expect(sandboxProgram({ ...self, environment })).toEqual({
    program: '/opt/Ringback/ringback',
    parameters: ['--sandbox'],
    environment: { PATH: '/bin' },
  });
});

test('an application that runs from a copy of itself starts the original', () => {
  expect(sandboxProgram({ ...self, environment: { APPIMAGE: '/home/kim/ringback.AppImage' } }).program).toBe(
    '/home/kim/ringback.AppImage',
  );
});

test('from source the folder is named, and a switch for root stays', () => {
  const parameters = ['/src', '--no-sandbox'];
  expect(sandboxProgram({ program: '/electron', parameters, environment: {}, source: '/src' })).toMatchObject({
    program: '/electron',
    parameters: ['/src', '--no-sandbox', '--sandbox'],
  });
});

test('what cannot be started is reported', async () => {
  const missing = { ...self, program: '/no/such/program', environment: {} };
  await expect(startSandboxBeside(missing)).rejects.toThrow('ENOENT');
});
