import module from 'node:module';
import envPaths from 'env-paths';

/**
 * Stores the compiled code of modules that are loaded from now on in this user's cache folder, to which nobody else can write, so that
 * the next start is faster. Stores nothing if the folder cannot be written.
 */
export function storeCompiledCode(): void {
  module.enableCompileCache(envPaths('ringback-headless', { suffix: '' }).cache);
}
