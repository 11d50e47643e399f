export { teamMethods } from './methods.ts';
export { openTeam, type Team } from './team.ts';
