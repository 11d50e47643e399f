import type {
  DiagnosticReport,
  Inactivity,
  InactivityRule,
  MethodName,
  Recovery,
} from '../../../preload/contract/index.ts';
import type { MethodReply, Sample } from './sample.ts';

const examination: DiagnosticReport = {
  at: '2026-05-04T08:00:00.000Z',
  verdict: 'It is switched off: nothing is delivered.',
  findings: [
    { subject: 'Receiver', check: 'receiver', state: 'good', text: 'It listens at port 41234 of this computer.' },
    {
      subject: 'Public address',
      check: 'tunnel',
      state: 'good',
      text: 'An echo came back through https://bell-1942.example.net.',
    },
    { subject: 'Tower office', check: 'clock', state: 'unsure', text: 'The provider does not tell its time.' },
    {
      subject: 'Extraction finished · pump-line',
      check: 'status',
      state: 'bad',
      text: 'It is switched off: nothing is delivered.',
      advice: 'Events of that time are not delivered later; what can be asked for is recovered.',
      fix: { label: 'Switch it on', method: 'hooks.update', input: { id: 'hook-1', status: 'active' } },
    },
    {
      subject: 'Extraction finished · pump-line',
      check: 'delivery',
      state: 'good',
      text: 'A delivery signed with its secret came back through the public address in 84 ms.',
    },
  ],
  report: 'Ringback 1.0.0\nIt is switched off: nothing is delivered.',
};

/** What the doctor, the inactivity alert and the recovery answer. */
export function doctorReplies(sample: Sample): Partial<Record<MethodName, MethodReply>> {
  const rules = new Map<string, InactivityRule>();
  const inactivityOf = (hook: string): Inactivity => {
    const rule = rules.has(hook) ? (rules.get(hook) ?? null) : 'usual';
    return { hook, rule, since: '2026-05-03T08:00:00.000Z', perDay: 20.5, allowedHours: 72, alarm: false };
  };
  const recoveries = (): Recovery[] => [
    {
      id: '7',
      at: '2026-05-04T07:31:00.000Z',
      from: '2026-05-03T18:00:00.000Z',
      to: '2026-05-04T07:30:00.000Z',
      found: 4,
      text: '3 translations finished, 1 translation failed',
      gaps: [{ hook: sample.hooks[0]?.id ?? '', from: '2026-05-03T18:00:00.000Z', reason: 'It cannot be asked.' }],
    },
  ];
  return {
    'doctor.run': () => examination,
    'silence.list': () => sample.hooks.filter(({ ours }) => ours).map(({ id }) => inactivityOf(id)),
    'silence.set': ({ hook, rule }: { hook: string; rule: InactivityRule }) => {
      rules.set(hook, rule);
      return inactivityOf(hook);
    },
    'recovery.history': recoveries,
  };
}
