export { connectDemo as enterTrial, type DemoConnections as TrialConnections } from './connections.ts';
export { startDesktopDemo as startTrial } from './desktop-demo.ts';
export { runWalkthrough } from './walkthrough.ts';
