export { teamMethods } from './methods.ts';
export type { Forgery } from './relay.ts';
export { openTeam, type Team, type TeamStanding } from './team.ts';
