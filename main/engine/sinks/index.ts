export { sinkMethods } from './methods.ts';
export { openSinks, type Sinks } from './sinks.ts';
