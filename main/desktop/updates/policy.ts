import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Policy = z.object({ updates: z.boolean() });

interface PolicyParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether the administrator of this computer allows updates: `RINGBACK_UPDATES=off`, or `{"updates": false}` in
 * policy.json, turns them off for all users. An unreadable file turns them off, too.
 */
export function readPolicy(parts: PolicyParts, file = policyFile(parts)): { readonly updates: boolean } {
  if (parts.environment.RINGBACK_UPDATES === 'off') return { updates: false };
  try {
    return Policy.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return { updates: error instanceof Error && 'code' in error && error.code === 'ENOENT' };
  }
}

function policyFile({ platform, environment }: PolicyParts): string {
  if (platform === 'darwin') return '/Library/Application Support/Ringback/policy.json';
  if (platform === 'win32') return join(environment.ProgramData ?? 'C:\\ProgramData', 'Ringback', 'policy.json');
  return '/etc/ringback/policy.json';
}
