import type { DiagnosticReport, Finding, Hook } from '../../../preload/contract/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { doctorMessages, type Message, referenceOf, withCause } from '../messages/index.ts';
import { toTime } from '../storage/index.ts';

/** Runs all checks, and explains in plain sentences why no event arrived. */
export interface Doctor {
  /** Checks one hook, one connection with its hooks, or everything. Throws not-found. */
  diagnose(subject: { hook?: string | undefined; connection?: string | undefined }): Promise<DiagnosticReport>;
}

/** What is checked once, for each connection, and for each own hook. */
interface Checks {
  readonly once: readonly (() => Promise<readonly Finding[]>)[];
  readonly connection: readonly ((connection: string) => Promise<readonly Finding[]>)[];
  readonly hook: readonly ((hook: Hook) => Promise<readonly Finding[]>)[];
}

interface DoctorOptions {
  readonly checks: Checks;
  connections(): readonly { readonly id: string; readonly name: string }[];
  /** The own hooks. */
  hooks(): readonly Hook[];
  readonly version: string;
  now(): number;
  /** The text without anything that may be secret. */
  mask(text: string): string;
}

/** Hooks that are checked in one run: each needs a delivery through the public URL. */
const mostHooks = 50;

export function createDoctor({ checks, connections, hooks, version, now, mask }: DoctorOptions): Doctor {
  return {
    async diagnose({ hook: hookId, connection: connectionId }) {
      const only = hookId === undefined ? undefined : hooks().find(({ id }) => id === hookId);
      if (hookId !== undefined && !only) throw new RingbackError('not-found', doctorMessages.notOwnHook());
      const account = only?.connection ?? connectionId;
      const accounts = connections().filter(({ id }) => account === undefined || id === account);
      if (account !== undefined && accounts.length === 0) {
        throw notFound('connection');
      }
      const findings = [
        ...(await inSequence(checks.once, (check) => check())),
        ...(await inSequence(accounts, ({ id }) => inSequence(checks.connection, (check) => check(id)))),
      ];
      // Read after the checks of connections, which refresh the state of their hooks.
      const present = hooks().filter(
        ({ id, connection }) => accounts.some((one) => one.id === connection) && (!only || id === only.id),
      );
      for (const hook of present.slice(0, mostHooks)) {
        findings.push(...(await inSequence(checks.hook, (check) => check(hook))));
      }
      const at = toTime(now());
      const { text: verdict, ...verdictMessage } = judge(findings, present.length > 0);
      const report = mask(toReport({ at, version, verdict, findings }));
      return { at, verdict, verdictMessage, findings, report };
    },
  };
}

async function inSequence<T>(
  subjects: readonly T[],
  check: (subject: T) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const subject of subjects) findings.push(...(await check(subject)));
  return findings;
}

function judge(findings: readonly Finding[], hasHooks: boolean): Message {
  const bad = findings.filter(({ state }) => state === 'bad');
  const [first] = bad;
  if (first) return firstOf(first, bad.length - 1);
  const count = findings.filter(({ state }) => state === 'unsure').length;
  if (count > 0) return doctorMessages.inconclusive({ count });
  return hasHooks ? doctorMessages.nothingWrong() : doctorMessages.noHooks();
}

/** The first problem, and how many others there are. */
function firstOf({ text, textMessage = { code: '', params: {} } }: Finding, others: number): Message {
  const first = { ...textMessage, text };
  return others === 0 ? first : withCause(first, causeOf(doctorMessages.others({ count: others })));
}

function causeOf(message: Message): Parameters<typeof withCause>[1] {
  return { message: message.text, reason: referenceOf(message) };
}

const marks = { good: 'ok  ', bad: 'BAD ', unsure: '?   ' } as const;

/** The report as text, for a mail to whoever helps. */
function toReport({ at, version, verdict, findings }: Omit<DiagnosticReport, 'report'> & { version: string }): string {
  const lines = findings.map(
    ({ state, subject, text, advice }) => `${marks[state]} ${subject}: ${text}${advice ? ` ${advice}` : ''}`,
  );
  return [`Ringback ${version}, ${at}`, verdict, '', ...lines].join('\n');
}
