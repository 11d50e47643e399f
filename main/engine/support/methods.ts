import { mask } from '../log.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Ports } from '../ports.ts';
import { composeSupportFile, redact, type SupportFacts } from './support-file.ts';

export interface SupportOptions {
  readonly ports: Pick<Ports, 'saveText' | 'readLog' | 'now' | 'version'>;
  /** What the engine knows. */
  facts(): Promise<Omit<SupportFacts, 'at' | 'version' | 'log'>>;
  /** Every secret that is stored. */
  secrets(): readonly string[];
}

/** The contract's questions of support. */
export function supportHandlers({ ports, facts, secrets }: SupportOptions): MethodHandlers<MethodsOf<'support'>> {
  const compose = async (at: string): Promise<string> => {
    const log = (await ports.readLog?.()) ?? 'This host writes its log to standard error.';
    const text = composeSupportFile({ ...(await facts()), at, version: ports.version, log });
    return redact(mask(text), secrets());
  };
  return {
    'support.save': async () => {
      const at = new Date(ports.now()).toISOString();
      const text = await compose(at);
      if (ports.saveText === undefined) return { saved: false, text };
      const file = await ports.saveText(`ringback-support-${at.slice(0, 10)}.txt`, text);
      return file === undefined ? { saved: false } : { saved: true, file };
    },
  };
}
