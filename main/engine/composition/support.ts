import { arch, release } from 'node:os';
import type { Status } from '../../../preload/contract/index.ts';
import type { Doctor } from '../doctor/index.ts';
import { describe } from '../log.ts';
import type { SupportOptions } from '../support/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** What a support file is made of. */
export function supportOptions(domains: DomainsStage, doctor: Doctor, status: () => Status): SupportOptions {
  const { ports, settings, connections, hooks } = domains;
  return {
    ports,
    async facts() {
      const report = await doctor.diagnose({}).then((found) => found.report, describe);
      return {
        ...{ system: systemVersions(), status: status(), settings: settings.value, report },
        ...{ connections: connections.list(), hooks: hooks.list() },
      };
    },
    secrets: () => domains.secretStore.seen().flatMap(valuesOf),
  };
}

/** A list of addresses is stored as one secret. */
function valuesOf(secret: string): readonly string[] {
  if (!secret.startsWith('[')) return [secret];
  try {
    return [secret, ...(JSON.parse(secret) as readonly unknown[]).map(String)];
  } catch {
    return [secret];
  }
}

function systemVersions(): Record<string, string> {
  const {
    node,
    electron = 'none',
    chrome = 'none',
  } = process.versions as NodeJS.ProcessVersions & {
    readonly electron?: string;
    readonly chrome?: string;
  };
  return { system: `${process.platform} ${release()} ${arch()}`, node, electron, chrome };
}
