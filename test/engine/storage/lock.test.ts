import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary.ts';

/** Takes the lock of each folder in the same moment as the others, and says which ones it got. */
const contender = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { folders, barrier, contenders, module } = workerData;
  const meet = (count) => {
    Atomics.add(barrier, 0, 1);
    while (Atomics.load(barrier, 0) < count * contenders);
  };
  import(module).then(({ lockFolder }) => {
    const won = folders.map((folder, index) => {
      meet(2 * index + 1);
      let lock;
      try {
        lock = lockFolder(folder);
      } catch (error) {
        if (error.code !== 'conflict') throw error;
      }
      meet(2 * index + 2);
      lock?.release();
      return lock !== undefined;
    });
    parentPort.postMessage(won);
  });
`;

test('of several hosts that start in the same moment on one folder exactly one gets it', async () => {
  const contenders = 2;
  const folders = await Promise.all(Array.from({ length: 10 }, temporaryFolder));
  const barrier = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const module = new URL('../../../main/engine/storage/lock.ts', import.meta.url).href;
  const results = await Promise.all(
    Array.from({ length: contenders }, async () => {
      const worker = new Worker(contender, { eval: true, workerData: { folders, barrier, contenders, module } });
      const [won] = (await once(worker, 'message')) as [boolean[]];
      return won;
    }),
  );
  const winners = folders.map((_, index) => results.filter((won) => won[index]).length);
  expect(winners).toEqual(folders.map(() => 1));
});
