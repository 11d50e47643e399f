export { type Engine, type EngineAnswer, type EngineOptions, openEngine } from './engine.ts';
