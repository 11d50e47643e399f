/**
 * The file of a thread that lies beside the module with this URL (`import.meta.url`): TypeScript under the sources, and
 * compiled in the built application, where all chunks lie in one folder.
 */
export function threadFile(name: string, moduleUrl: string): URL {
  return new URL(`./${name}.${moduleUrl.endsWith('.ts') ? 'ts' : 'js'}`, moduleUrl);
}
