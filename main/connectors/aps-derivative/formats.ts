import { z } from 'zod';
import type { Context, JobFormat } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { isRecent } from '../../engine/timing/index.ts';
import { call } from '../aps/index.ts';
import { derivativeMessages } from './messages.ts';

const Formats = z.object({ formats: z.record(z.string(), z.array(z.string())) });
type Formats = z.infer<typeof Formats>['formats'];

/** The format of the current viewer. */
export const usualFormat = 'svf2';
const memoryKey = 'derivative formats';
const goodFor = 3600_000;

/** The formats into which a file of this name can be translated, the usual one first; all formats without a name. */
export async function formats(context: Context, name: string | undefined): Promise<readonly string[]> {
  const all = Object.entries(await load(context));
  const fitting = all.filter(([, sources]) => name === undefined || sources.some((entry) => fits(entry, name)));
  const targets = fitting.map(([target]) => target).sort();
  return targets.includes(usualFormat) ? [usualFormat, ...targets.filter((one) => one !== usualFormat)] : targets;
}

/** Viewable formats get 2D and 3D views. */
export function formatOf(name: string): JobFormat {
  return /^svf2?$/.test(name) ? { type: name, views: ['2d', '3d'] } : { type: name };
}

async function load(context: Context): Promise<Formats> {
  const held = context.memory.get(memoryKey) as { readonly value: Formats; readonly since: number } | undefined;
  if (held && isRecent(held.since, goodFor, context.now())) return held.value;
  const { body } = await call(context, { method: 'GET', path: '/modelderivative/v2/designdata/formats' });
  const { data } = Formats.safeParse(body);
  if (!data) throw new RingbackError('provider', derivativeMessages.noFormats());
  const value = data.formats;
  context.memory.set(memoryKey, { value, since: context.now() });
  return value;
}

/** Whether a file name matches an entry: an extension, or a pattern such as `prt\.\d+$` for files with numbered versions. */
function fits(entry: string, name: string): boolean {
  const [, numbered] = /^(\w+)\\\.\\d\+\$$/.exec(entry) ?? [];
  const lower = name.toLowerCase();
  return numbered === undefined
    ? lower.endsWith(`.${entry.toLowerCase()}`)
    : lower.replace(/\.\d+$/, '').endsWith(`.${numbered.toLowerCase()}`) && /\.\d+$/.test(lower);
}
