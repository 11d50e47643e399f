import type { TeamStatus } from '../../../../preload/contract/index.ts';
import { causeMessage, type Message, messageMembers, teamMessages } from '../../messages/index.ts';
import { toTime } from '../../storage/index.ts';
import type { ReceiverRecord } from '../record.ts';
import { receiverName, type TeamState } from './state.ts';

/** "unknown" while the server cannot be asked. */
export type Absence = Message | 'none' | 'unknown';

export async function statusOf(state: TeamState): Promise<TeamStatus> {
  const { stored, side } = state;
  const team = stored.value;
  if (!team) return { role: 'none', state: 'down', behind: 0 };
  const absence = await absenceOf(state);
  return {
    role: team.role,
    state: side?.state ?? 'down',
    ...problemFields(withAbsence(presentProblem(state), absence)),
    behind: (await side?.behind().catch(() => 0)) ?? 0,
    ...(side?.lastEventAt === undefined ? {} : { lastEvent: toTime(side.lastEventAt) }),
    ...(team.role === 'receiver' ? { members: team.members.length, ...standbyFields(team) } : {}),
    ...{ team: team.name, receiver: receiverName(team), servers: team.servers },
  };
}

function standbyFields({
  replacedBy,
  standby,
  standbys = [],
}: ReceiverRecord): Pick<TeamStatus, 'standby' | 'standbys'> {
  if (replacedBy !== undefined) return { standby: standby?.after === undefined ? {} : { after: standby.after } };
  const shown = standbys.map(({ holder, computer, after }) => ({
    ...{ id: holder, computer },
    ...(after === undefined ? {} : { after }),
  }));
  return shown.length > 0 ? { standbys: shown } : {};
}

/** A problem of this computer comes first; only that another one receives says less than that this other one is away. */
function withAbsence(problem: Message | undefined, absence: Absence): Message | undefined {
  if (typeof absence === 'string') return problem;
  const saysLess = problem?.code === 'team.replaced' || problem?.code === 'team.standbyForgotten';
  return problem === undefined || saysLess ? absence : problem;
}

export function presentProblem({ side, failure }: TeamState): Message | undefined {
  const problem = side ? side.problem : failure;
  if (problem === undefined || 'text' in problem) return problem;
  return causeMessage(problem);
}

function problemFields(problem: Message | undefined): Pick<TeamStatus, 'problem' | 'problemMessage'> {
  return problem === undefined ? {} : messageMembers('problem', problem);
}

/** Why no computer receives at present; "none" where one does, or where that would be this computer itself. */
export async function absenceOf({ stored, side }: TeamState): Promise<Absence> {
  const team = stored.value;
  if (!team || (team.role === 'receiver' && team.replacedBy === undefined)) return 'none';
  const hasReceiver = await side?.hasReceiver();
  if (hasReceiver === undefined) return 'unknown';
  if (hasReceiver) return 'none';
  const asleep = await side?.asleepSince();
  if (asleep !== undefined) return teamMessages.receiverAsleep({ computer: receiverName(team), since: toTime(asleep) });
  if (team.role === 'member') return teamMessages.receiverAway({ computer: team.computer });
  return teamMessages.replacedAway({ computer: receiverName(team) });
}
