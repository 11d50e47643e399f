/** What a target's process reports to the load generator. */
export interface Ready {
  readonly url: string;
  readonly secret: string;
}

/** What a target does when it is asked by name. */
type Answers = Readonly<Record<string, () => unknown>>;

const ownAnswers: Answers = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/** Reports that the target is ready, answers what CPU time this process has used and more, and stops with its parent. */
export function serveLoad(ready: Ready, stop: () => unknown = () => {}, answers: Answers = {}): void {
  process.send?.(ready);
  const all: Answers = { ...ownAnswers, ...answers };
  process.on('message', async (name: string) => void process.send?.((await all[name]?.()) ?? 0));
  process.on('disconnect', async () => {
    await stop();
    process.exit();
  });
}
