export { type Engine, type EngineAnswer, type EngineOptions, openEngine } from './composition/index.ts';
