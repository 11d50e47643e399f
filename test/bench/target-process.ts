/** What a target's process reports to the load generator. */
export interface Ready {
  readonly url: string;
  readonly secret: string;
}

/** Reports that the target is ready, answers what CPU time this process has used, and stops with its parent. */
export function serveLoad(ready: Ready, stop: () => unknown = () => {}): void {
  process.send?.(ready);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.((user + system) / 1000);
  });
  process.on('disconnect', async () => {
    await stop();
    process.exit();
  });
}
