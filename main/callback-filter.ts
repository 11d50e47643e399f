/** A compiled callback filter: returns whether an event's payload matches. */
type Filter = (payload: unknown) => boolean;

type Value = (payload: unknown) => unknown;
interface Token {
  readonly kind: 'symbol' | 'name' | 'literal';
  readonly value: unknown;
}

/**
 * Compiles the filter expressions of the Webhooks API guide (callback filtering): `$[?(…)]` with comparisons,
 * `in`, `nin`, `=~`, `&&`, `||`, `!`, dotted and bracketed paths and `[*]`; throws for anything else.
 */
export function parseFilter(text: string): Filter {
  const [, inner] = /^\s*\$\[\?\((.*)\)\]\s*$/s.exec(text) ?? [];
  if (inner === undefined) throw new SyntaxError('a filter has the form $[?(…)]');
  const parser = new Parser(tokenise(inner));
  const value = parser.either();
  parser.end();
  return (payload) => isTrue(value(payload));
}

const tokenForm =
  /\s*(?:(?<symbol>&&|\|\||==|!=|<=|>=|=~|[<>()[\],.@$*!])|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<number>-?\d+(?:\.\d+)?)|\/(?<pattern>(?:[^/\\]|\\.)+)\/(?<flags>i?)|(?<name>[A-Za-z_]\w*))/y;
const words: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const form = new RegExp(tokenForm);
  const end = text.trimEnd().length;
  while (form.lastIndex < end) {
    const found = form.exec(text)?.groups;
    if (!found) throw new SyntaxError('a filter has a character that is not understood');
    tokens.push(toToken(found));
  }
  return tokens;
}

function toToken(found: Readonly<Record<string, string | undefined>>): Token {
  const { symbol, single, double, number, pattern, flags, name } = found;
  if (symbol !== undefined) return { kind: 'symbol', value: symbol };
  if (name !== undefined) {
    if (name === 'in' || name === 'nin') return { kind: 'symbol', value: name };
    return Object.hasOwn(words, name) ? { kind: 'literal', value: words[name] } : { kind: 'name', value: name };
  }
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  if (pattern !== undefined) return { kind: 'literal', value: new RegExp(pattern, flags) };
  return { kind: 'literal', value: (single ?? double ?? '').replace(/\\(.)/g, '$1') };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  either(): Value {
    const first = this.#all();
    if (!this.#take('||')) return first;
    const rest = this.either();
    return (payload) => isTrue(first(payload)) || isTrue(rest(payload));
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new SyntaxError('a filter ends too late');
  }

  #all(): Value {
    const first = this.#condition();
    if (!this.#take('&&')) return first;
    const rest = this.#all();
    return (payload) => isTrue(first(payload)) && isTrue(rest(payload));
  }

  #condition(): Value {
    if (this.#take('!')) {
      const value = this.#condition();
      return (payload) => !isTrue(value(payload));
    }
    if (this.#take('(')) {
      const value = this.either();
      this.#need(')');
      return value;
    }
    const left = this.#operand();
    const operator = Object.keys(comparisons).find((symbol) => this.#take(symbol));
    const compare = operator === undefined ? undefined : comparisons[operator];
    if (!compare) return left;
    const right = this.#operand();
    return (payload) => compare(left(payload), right(payload));
  }

  #operand(): Value {
    if (this.#take('@') || this.#take('$')) return this.#path((payload) => payload);
    if (this.#take('[')) return this.#list();
    const value = this.#next('literal');
    return () => value;
  }

  #list(): Value {
    const items: Value[] = [];
    while (!this.#take(']')) {
      if (items.length > 0) this.#need(',');
      items.push(this.#operand());
    }
    return (payload) => items.map((item) => item(payload));
  }

  #path(from: Value): Value {
    if (this.#take('.')) {
      const name = this.#next('name');
      return this.#path((payload) => member(from(payload), name));
    }
    if (!this.#take('[')) return from;
    const name = this.#take('*') ? every : this.#next('literal');
    this.#need(']');
    return this.#path((payload) => member(from(payload), name));
  }

  #take(symbol: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'symbol' || token.value !== symbol) return false;
    this.#at += 1;
    return true;
  }

  #need(symbol: string): void {
    if (!this.#take(symbol)) throw new SyntaxError(`a filter lacks ${symbol}`);
  }

  #next(kind: Token['kind']): unknown {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) throw new SyntaxError(`a filter lacks a ${kind}`);
    this.#at += 1;
    return token.value;
  }
}

const every = Symbol('[*]');

function member(of: unknown, name: unknown): unknown {
  if (Array.isArray(of) && typeof name !== 'number') {
    return name === every ? of : of.map((item) => member(item, name)).filter((value) => value !== undefined);
  }
  if (typeof of !== 'object' || of === null) return undefined;
  if (name === every) return Object.values(of);
  return Object.hasOwn(of, String(name)) ? (of as Record<string, unknown>)[String(name)] : undefined;
}

function isTrue(value: unknown): boolean {
  return value !== undefined && value !== false && value !== null;
}

function contains(list: unknown, value: unknown): boolean {
  return Array.isArray(list) && list.includes(value);
}

function ordered(compare: (left: number | string, right: number | string) => boolean) {
  return (left: unknown, right: unknown) =>
    (typeof left === 'number' && typeof right === 'number' && compare(left, right)) ||
    (typeof left === 'string' && typeof right === 'string' && compare(left, right));
}

const comparisons: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<=': ordered((left, right) => left <= right),
  '>=': ordered((left, right) => left >= right),
  '<': ordered((left, right) => left < right),
  '>': ordered((left, right) => left > right),
  '=~': (left, right) => typeof left === 'string' && right instanceof RegExp && right.test(left),
  in: (left, right) => contains(right, left),
  nin: (left, right) => !contains(right, left),
};
