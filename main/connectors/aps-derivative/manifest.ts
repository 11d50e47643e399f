import type { JobMessage, JobOutput, JobState, JobStatus } from '../../engine/connector/index.ts';
import { clean, type Fields, fields, list, text, words } from '../aps/index.ts';

/** Limit of different messages that are stored; a large model can have thousands. */
const messagesKept = 50;
/** Limit of nodes that are visited, so that a manifest of any size is parsed quickly. */
const nodesVisited = 200_000;

/** Parses a manifest. Only its status counts: the progress of a failed job is "complete", too. */
export function readManifest(body: unknown): JobStatus {
  const manifest = fields(body);
  const derivatives = list(manifest.derivatives).map(fields);
  const progress = progressOf(manifest);
  return {
    state: stateOf(manifest),
    ...(progress === undefined ? {} : { progress }),
    outputs: derivatives.map(toOutput),
    messages: messagesOf(derivatives),
    hasThumbnail: String(manifest.hasThumbnail) === 'true',
  };
}

const states: ReadonlyMap<string, JobState> = new Map(
  Object.entries({
    pending: 'queued',
    inprogress: 'running',
    success: 'success',
    complete: 'success',
    failed: 'failed',
    timeout: 'timeout',
    timedout: 'timeout',
  }),
);

/** An unknown status counts as running. */
function stateOf(node: Fields): JobState {
  return states.get((text(node, 'status') ?? '').toLowerCase()) ?? 'running';
}

/** Percent. */
function progressOf(node: Fields): number | undefined {
  const said = text(node, 'progress') ?? '';
  const [, percent] = /(?<!\d)(\d{1,9}(?:\.\d{1,9})?)\s{0,9}%/.exec(said) ?? [];
  if (percent !== undefined) return Math.min(100, Math.floor(Number(percent)));
  return /^complete$/i.test(said) ? 100 : undefined;
}

function toOutput(derivative: Fields): JobOutput {
  const progress = progressOf(derivative);
  return {
    format: words(derivative, 'outputType') ?? 'unknown',
    state: stateOf(derivative),
    ...(progress === undefined ? {} : { progress }),
  };
}

/** All different messages at any depth, errors first. */
function messagesOf(derivatives: readonly Fields[]): JobMessage[] {
  const found = new Map<string, JobMessage>();
  const waiting = [...derivatives];
  for (let visited = 0; visited < nodesVisited && found.size < messagesKept; visited += 1) {
    const node = waiting.shift();
    if (!node) break;
    for (const said of list(node.messages)) {
      const message = toMessage(fields(said));
      if (message) found.set(`${message.kind} ${message.text}`, message);
    }
    for (const child of list(node.children)) waiting.push(fields(child));
  }
  const order = ['error', 'warning', 'info'];
  return [...found.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function toMessage(said: Fields): JobMessage | undefined {
  const message = clean(Array.isArray(said.message) ? filled(said.message) : (text(said, 'message') ?? ''), 500);
  const code = words(said, 'code');
  if (!message && !code) return undefined;
  const type = (text(said, 'type') ?? '').toLowerCase();
  const kind = type === 'error' || type === 'warning' ? type : 'info';
  return { kind, text: message || (code ?? ''), ...(code === undefined ? {} : { code }) };
}

/** Fills the placeholders {0}, {1} … of a template; joins the parts where it has none. */
function filled([template, ...parts]: readonly unknown[]): string {
  const values = parts.flatMap((part) => (Array.isArray(part) ? part : [part])).map(String);
  const text = String(template ?? '');
  if (!/\{\d+\}/.test(text)) return [text, ...values].join(' ');
  return text.replace(/\{(\d+)\}/g, (place, index) => values[Number(index)] ?? place);
}
