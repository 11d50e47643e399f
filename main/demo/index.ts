export { enterTrial, type TrialConnections } from './connections.ts';
export { startTrial } from './desktop-demo.ts';
export { runTour } from './walkthrough.ts';
