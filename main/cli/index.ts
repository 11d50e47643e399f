#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { exitCodes } from './exit.ts';
import { runCommand } from './program.ts';

const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version;

// A reader such as `head` may end before everything is printed.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' && process.exit(0));

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
process.once('SIGTERM', () => interrupted.abort());

const exitCode = await runCommand(process.argv.slice(2), version, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  platform: process.platform,
  signal: interrupted.signal,
});
if (exitCode === exitCodes.interrupted) process.exit(exitCode);
process.exitCode = exitCode;
process.stdin.destroy();
