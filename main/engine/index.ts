export { type Engine, type EngineOptions, openEngine, type Reply } from './engine.ts';
