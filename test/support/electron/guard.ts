import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Declarations, Declared } from './declarations.ts';

const declarations = JSON.parse(readFileSync(String(process.env.ELECTRON_DECLARATIONS), 'utf8')) as Declarations;
/** Documented, but missing in the types. */
const undeclaredEvents = ['shutdown'];

function declared(name: string): Declared {
  const found = declarations[name];
  if (found === undefined) throw new Error(`electron.d.ts declares no ${name}.`);
  return found;
}

/** An emitter that takes listeners for declared events alone. */
export class DeclaredEmitter extends EventEmitter {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  override on(event: string, listener: (...parameters: never[]) => void): this {
    const { events } = declared(this.#name);
    // The emitter of IPC has one event per channel.
    const known = [...events, ...undeclaredEvents].includes(event) || this.#name === 'IpcMain';
    if (!known) throw new Error(`Electron's ${this.#name} has no event "${event}".`);
    return super.on(event, listener as (...parameters: unknown[]) => void);
  }
}

/**
 * The object as Electron would give it: a member that electron.d.ts does not declare throws, and so does a method that
 * another system has. A property of another system is undefined.
 */
export function guard<T extends object>(name: string, target: T): T {
  const { members } = declared(name);
  const isPlain = (key: string): boolean =>
    key in Object.prototype || key in EventEmitter.prototype || key === 'then' || key === 'prototype';
  const check = (key: string): 'here' | 'elsewhere' => {
    if (isPlain(key)) return 'here';
    const member = members[key];
    if (member === undefined) throw new Error(`Electron's ${name} has no member "${key}".`);
    if (member.platforms === undefined || member.platforms.includes(process.platform)) return 'here';
    if (member.method) throw new Error(`Electron's ${name}.${key} exists only on ${member.platforms.join(', ')}.`);
    return 'elsewhere';
  };
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'string' && check(key) === 'elsewhere') return undefined;
      const value = Reflect.get(object, key) as unknown;
      if (value === undefined && typeof key === 'string' && !isPlain(key) && !(key in object))
        throw new Error(`The simulator has no ${name}.${key}.`);
      return typeof value === 'function' && key !== 'constructor' ? value.bind(object) : value;
    },
    set(object, key, value) {
      if (typeof key === 'string') check(key);
      return Reflect.set(object, key, value);
    },
  });
}

/** Throws for an option that electron.d.ts does not declare. */
export function checkOptions(name: string, options: object): void {
  const { members } = declared(name);
  for (const key of Object.keys(options))
    if (members[key] === undefined) throw new Error(`Electron's ${name} has no option "${key}".`);
}
