import { arch, release } from 'node:os';
import type { Status } from '../../../preload/contract.ts';
import type { Doctor } from '../doctor/index.ts';
import { describe } from '../log.ts';
import type { SupportOptions } from '../support/index.ts';
import type { DomainsStage } from './open-domains.ts';

/** What a support file is made of. */
export function supportOptions(domains: DomainsStage, doctor: Doctor, status: () => Status): SupportOptions {
  const { ports, settings, connections, hooks, records } = domains;
  return {
    ports,
    async facts() {
      const report = await doctor.diagnose({}).then((found) => found.report, describe);
      return {
        ...{ system: systemVersions(), status: status(), settings: settings.value, report },
        ...{ connections: connections.list(), hooks: hooks.list() },
      };
    },
    secrets: () => [
      ...connections.list().flatMap(({ id }) => secretsOf(domains, id)),
      ...records.all.flatMap((record) => records.secrets(record)?.map(({ value }) => value) ?? []),
    ],
  };
}

/** None where they cannot be decrypted: then they are in no text either. */
function secretsOf({ connections }: DomainsStage, connection: string): readonly string[] {
  try {
    return Object.values(connections.open(connection).context.secrets);
  } catch {
    return [];
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
