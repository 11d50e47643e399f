import { isRecent, minutes } from '../timing/index.ts';

/** Hooks remembered; the oldest are forgotten first. */
const mostTargets = 1000;

/** Allows one diagnosis for each hook and minute: to find out why a body is not genuine costs far more than to verify it. */
export function createDiagnosisLimit(now: () => number): (target: string) => boolean {
  const last = new Map<string, number>();
  return (target) => {
    const at = now();
    const previous = last.get(target);
    if (previous !== undefined && isRecent(previous, minutes(1), at)) return false;
    last.delete(target);
    last.set(target, at);
    const [oldest] = last.keys();
    if (last.size > mostTargets && oldest !== undefined) last.delete(oldest);
    return true;
  };
}
