import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Team } from './team.ts';

/** The contract's questions about the team. */
export function teamMethods(team: Team): MethodHandlers<Exclude<MethodsOf<'team'>, 'team.takeOver'>> {
  return {
    'team.create': (input) => team.create(input),
    'team.invite': async (input) => ({ invitation: await team.invite(input) }),
    'team.join': ({ invitation }) => team.join(invitation),
    'team.status': () => team.status(),
    'team.members': () => team.members(),
    async 'team.remove'({ member }) {
      await team.remove(member);
      return {};
    },
    async 'team.rotateKey'() {
      await team.rotateKey();
      return {};
    },
    'team.standby': (input) => team.standBy(input),
    'team.inviteStandby': async () => ({ invitation: await team.inviteStandby() }),
    async 'team.forgetStandby'({ standby }) {
      await team.forgetStandby(standby);
      return {};
    },
    async 'team.leave'() {
      await team.leave();
      return {};
    },
    'team.serverConfig': (options) => ({ text: team.serverConfig(options) }),
  };
}
