export { connectDemo as enterTrial, type DemoConnections as TrialConnections } from './connections.ts';
export { startDesktopDemo as startTrial } from './desktop-demo.ts';
export { createDemoNatsServer, hasNatsServer, howToInstall } from './nats-server.ts';
export { startSandboxBeside } from './second-ringback.ts';
export { type DemoComputer, runTeamWalkthrough } from './team-walkthrough.ts';
export { runWalkthrough } from './walkthrough.ts';
