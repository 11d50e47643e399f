import { readFileSync } from 'node:fs';
import { parseSource, type SyntaxNode } from '../../../build/source.ts';

export interface DeclaredMember {
  readonly method: boolean;
  /** The systems it exists on; all of them where absent. */
  readonly platforms?: readonly string[];
}

/** What electron.d.ts declares for one class or interface. */
export interface Declared {
  readonly members: Readonly<Record<string, DeclaredMember>>;
  readonly events: readonly string[];
}

/** By name of the class or interface; the static side of a class is called `static <name>`. */
export type Declarations = Readonly<Record<string, Declared>>;

interface OwnDeclaration {
  readonly members: Map<string, DeclaredMember>;
  readonly events: Set<string>;
  readonly parents: readonly string[];
}

const emitterMethods = ['on', 'off', 'once', 'addListener', 'removeListener'];

/** Reads members, events and `@platform` tags from the installed electron.d.ts. */
export function readDeclarations(file: string): Declarations {
  const { program, comments, text } = parseSource('electron.d.ts', readFileSync(file, 'utf8'));
  const comment = (node: SyntaxNode): string => {
    const before = comments.findLast(({ start }) => start < node.start);
    const end = before === undefined ? 0 : before.start + before.value.length + 4;
    return before !== undefined && text.slice(end, node.start).trim() === '' ? before.value : '';
  };
  const own = new Map<string, OwnDeclaration>();
  for (const node of declarationsIn(program)) readDeclaration(node, comment, own);
  return Object.fromEntries([...own.keys()].map((name) => [name, withParents(name, own)]));
}

function declarationsIn(program: SyntaxNode): SyntaxNode[] {
  const electron = (program.body as SyntaxNode[]).find(
    ({ type, id }) => type === 'TSModuleDeclaration' && (id as SyntaxNode | null)?.name === 'Electron',
  );
  const body = (electron?.body as SyntaxNode | undefined)?.body as SyntaxNode[] | undefined;
  if (body === undefined) throw new Error('electron.d.ts declares no namespace Electron.');
  return body.filter(({ type }) => type === 'TSInterfaceDeclaration' || type === 'ClassDeclaration');
}

function readDeclaration(node: SyntaxNode, comment: (node: SyntaxNode) => string, all: Map<string, OwnDeclaration>) {
  const name = String((node.id as SyntaxNode).name);
  const instance: OwnDeclaration = { members: new Map(), events: new Set(), parents: parentsOf(node) };
  const statics: OwnDeclaration = { members: new Map(), events: new Set(), parents: [] };
  for (const member of (node.body as SyntaxNode).body as SyntaxNode[]) {
    const key = (member.key as SyntaxNode | undefined)?.name;
    if (typeof key !== 'string') continue;
    const side = member.static === true ? statics : instance;
    if (emitterMethods.includes(key)) side.events.add(eventOf(member));
    else side.members.set(key, merge(side.members.get(key), readMember(member, comment(member))));
  }
  all.set(name, instance);
  if (node.type === 'ClassDeclaration') all.set(`static ${name}`, statics);
}

function readMember(node: SyntaxNode, comment: string): DeclaredMember {
  const tag = /@platform (\S+)/.exec(comment)?.[1];
  const method = /Method/.test(node.type);
  return { method, ...(tag === undefined ? {} : { platforms: tag.split(',') }) };
}

/** An overload that exists everywhere makes the member exist everywhere. */
function merge(known: DeclaredMember | undefined, next: DeclaredMember): DeclaredMember {
  if (known === undefined) return next;
  if (known.platforms === undefined || next.platforms === undefined) return { method: next.method };
  return { method: next.method, platforms: [...known.platforms, ...next.platforms] };
}

function eventOf(member: SyntaxNode): string {
  const parameters = (member.params ?? (member.value as SyntaxNode | undefined)?.params) as readonly SyntaxNode[];
  const annotation = parameters[0]?.typeAnnotation as SyntaxNode | undefined;
  const literal = (annotation?.typeAnnotation as SyntaxNode | undefined)?.literal as SyntaxNode | undefined;
  return String(literal?.value);
}

function parentsOf(node: SyntaxNode): string[] {
  const parents = (node.extends as SyntaxNode[] | undefined)?.map(({ expression }) => expression as SyntaxNode) ?? [];
  const superclass = node.superClass as SyntaxNode | null | undefined;
  return [...parents, ...(superclass ? [superclass] : [])].map(({ name }) => String(name));
}

function withParents(name: string, all: ReadonlyMap<string, OwnDeclaration>): Declared {
  const own = all.get(name);
  if (own === undefined) return { members: {}, events: [] };
  const inherited = own.parents.map((parent) => withParents(parent, all));
  return {
    members: Object.assign({}, ...inherited.map(({ members }) => members), Object.fromEntries(own.members)),
    events: [...inherited.flatMap(({ events }) => events), ...own.events],
  };
}
