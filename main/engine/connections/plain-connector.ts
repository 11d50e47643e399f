import type {
  Account,
  BrowseNode,
  BrowsePage,
  BrowseSupport,
  Connector,
  HookListing,
  HookSupport,
  JobStatus,
  JobSupport,
  JobUpdate,
  Reading,
  RemoteHook,
} from '../connector/index.ts';
import { quote, shownText } from '../messages/index.ts';

/** In characters. */
const longest = { name: 300, word: 100, sentence: 1000, address: 2000 };
/** Nodes with longer ids are not offered. */
const longestId = 2000;
const mostMessages = 200;

/**
 * A connector whose texts are plain lines of bounded length, since the provider and all who share the account write
 * them. Ids stay as they are, because they are sent back to the provider.
 */
export function withPlainTexts(connector: Connector): Connector {
  const { hooks, jobs, browse } = connector;
  return override(connector, {
    check: async (context) => plainAccount(await connector.check(context)),
    read: (delivery) => plainReading(connector.read(delivery)),
    ...(hooks ? { hooks: plainHooks(hooks) } : {}),
    ...(jobs ? { jobs: plainJobs(jobs) } : {}),
    ...(browse ? { browse: plainBrowse(browse) } : {}),
  });
}

/** The original with some of its methods replaced; everything else is read from it, so the result must not be spread. */
function override<T extends object>(original: T, methods: Partial<T>): T {
  return Object.assign(Object.create(original), methods);
}

const name = (text: string): string => shownText(text, longest.name);
const word = (text: string): string => shownText(text, longest.word);
const sentence = (text: string): string => shownText(text, longest.sentence);

function plainAccount(account: Account): Account {
  const { limitations } = account;
  return {
    ...account,
    name: name(account.name),
    ...(limitations ? { limitations: limitations.map((one) => ({ ...one, reason: sentence(one.reason) })) } : {}),
  };
}

/** The other texts of an event are made plain when it is stored. */
function plainReading(reading: Reading): Reading {
  return reading.jobs ? { ...reading, jobs: reading.jobs.map(plainUpdate) } : reading;
}

function plainUpdate(update: JobUpdate): JobUpdate {
  return {
    ...update,
    stage: name(update.stage),
    ...(update.name === undefined ? {} : { name: name(update.name) }),
  };
}

function plainHooks(hooks: HookSupport): HookSupport {
  const { events } = hooks;
  return override(hooks, {
    list: async (context) => plainListing(await hooks.list(context)),
    ...(events ? { events: async (context) => (await events.call(hooks, context)).filter(isPlain) } : {}),
  });
}

/** Whether a name that goes back to the provider may be offered as it is. */
function isPlain(text: string): boolean {
  return name(text) === text;
}

function plainListing(listing: HookListing): HookListing {
  return {
    ...listing,
    hooks: listing.hooks.map(plainHook),
    problems: listing.problems.map((problem) => ({ ...problem, message: quote(problem.message) })),
  };
}

function plainHook(hook: RemoteHook): RemoteHook {
  const { system, region } = hook;
  return {
    ...hook,
    event: name(hook.event),
    status: word(hook.status),
    callbackUrl: shownText(hook.callbackUrl, longest.address),
    scope: Object.fromEntries(
      Object.entries(hook.scope).map(([key, value]) => [word(key), shownText(value, longestId)]),
    ),
    ...(system === undefined ? {} : { system: name(system) }),
    ...(region === undefined ? {} : { region: word(region) }),
  };
}

function plainJobs(jobs: JobSupport): JobSupport {
  return override(jobs, {
    formats: async (context, file) => (await jobs.formats(context, file)).filter(isPlain),
    getStatus: async (context, job) => plainStatus(await jobs.getStatus(context, job)),
  });
}

function plainStatus(status: JobStatus): JobStatus {
  return {
    ...status,
    outputs: status.outputs.slice(0, mostMessages).map((output) => ({ ...output, format: word(output.format) })),
    messages: status.messages.slice(0, mostMessages).map(({ code, ...message }) => ({
      ...message,
      text: quote(message.text),
      ...(code === undefined ? {} : { code: word(code) }),
    })),
  };
}

function plainBrowse(browse: BrowseSupport): BrowseSupport {
  const { find } = browse;
  return override(browse, {
    children: async (...question) => plainPage(await browse.children(...question)),
    ...(find
      ? {
          find: async (...question) => {
            const node = await find.call(browse, ...question);
            return node && plainNode(node);
          },
        }
      : {}),
  });
}

function plainPage(page: BrowsePage): BrowsePage {
  return {
    ...page,
    nodes: page.nodes.filter(({ id }) => id.length <= longestId).map(plainNode),
    notes: page.notes.map((note) => ({ ...note, text: sentence(note.text) })),
  };
}

function plainNode(node: BrowseNode): BrowseNode {
  const { detail } = node;
  return { ...node, name: name(node.name), ...(detail === undefined ? {} : { detail: name(detail) }) };
}
