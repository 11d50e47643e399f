export { connectDemo as enterTrial, type DemoConnections as TrialConnections } from './connections.ts';
export { startDesktopDemo as startTrial } from './desktop-demo.ts';
export { startSandboxBeside } from './second-ringback.ts';
export { runWalkthrough } from './walkthrough.ts';
