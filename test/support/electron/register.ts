import { registerHooks } from 'node:module';
import { mode } from './system.ts';

/** Has every import of `electron` give the simulator, on the system that the test names. */
if (mode.platform !== undefined) Object.defineProperty(process, 'platform', { value: mode.platform });
Object.defineProperty(process, 'resourcesPath', { value: `${process.env.HOME}/resources` });
Object.defineProperty(process.versions, 'electron', { value: '45.0.0' });
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});
