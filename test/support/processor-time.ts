/** Milliseconds of processor time that this thread spends on the work: unlike the clock, the same on a busy machine. */
export function processorTime(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
