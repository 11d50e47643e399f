import module from 'node:module';
import envPaths from 'env-paths';

/**
 * What is loaded after this call is stored compiled, in the cache folder of this user, where nobody else can write: the
 * next start has less to do. Where the folder cannot be written, nothing is stored.
 */
export function storeCompiledCode(): void {
  module.enableCompileCache(envPaths('ringback-headless', { suffix: '' }).cache);
}
