export { connectDemo, type DemoConnections } from './connections.ts';
export { startDesktopDemo } from './desktop-demo.ts';
export {
  createDemoNatsServer,
  createNatsServerProcess,
  hasNatsServer,
  howToInstall,
  type NatsServerProcess,
} from './nats-server.ts';
export { startSandboxBeside } from './second-ringback.ts';
export { type DemoComputer, runTeamWalkthrough } from './team-walkthrough.ts';
export { runWalkthrough } from './walkthrough.ts';
