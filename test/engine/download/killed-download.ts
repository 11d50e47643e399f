import { download } from '../../../main/engine/download/download.ts';
import { options, request } from './requests.ts';

/** A process to be killed: prints "here <bytes>" at every step of a download into the folder, and its SHA-256 at the end. */
const [folder = '', url = ''] = process.argv.slice(2);
let time = 0;
const backup = await download(
  request(folder, url),
  options({ now: () => (time += 1000), progress: ({ bytes }) => console.log(`here ${bytes}`) }),
);
console.log(`done ${backup.sha256}`);
