import type { WriteName } from '../tables/index.ts';

/**
 * `delivery`: a sender waits for it, so it overtakes all others. `answered`: a delivery that the journal has and its
 * sender has a response to; keeps its turn among deliveries, and waits a little to share a commit. `ordinary`: written
 * at once. `deferred`: nobody waits for it, so it joins the next commit. `background`: a step of a long task, alone in
 * a commit between the others.
 */
export type Urgency = 'delivery' | 'answered' | 'ordinary' | 'deferred' | 'background';

const urgencies: Partial<Record<WriteName, Urgency>> = {
  delivery: 'delivery',
  // Before the delivery that it announces.
  lateDelivery: 'delivery',
  // A rejected sender can wait: many rejections share a commit.
  rejection: 'deferred',
  // How far effects are done: ARCHITECTURE.md says what a crash may repeat.
  ...{ announce: 'deferred', shown: 'deferred', jobs: 'deferred', noticesDropped: 'deferred', noticesHeld: 'deferred' },
  forwardsQueued: 'deferred',
  published: 'deferred',
  ...{ prune: 'background', index: 'background' },
};

export function urgencyOf(name: WriteName): Urgency {
  return urgencies[name] ?? 'ordinary';
}

/** Milliseconds that deferred writes wait for a commit to join, and background steps for a gap between commits. */
export const longestDeferral = 20;

/**
 * A background step is followed by a rest of so many times what it took if a delivery came meanwhile: long tasks then
 * have a fifth of the writer's time, on a slow disk as on a quick one, and half of it if no sender waits.
 */
const restFactors = { delivery: 4, answered: 1 } as const;
/** Milliseconds of a rest at most: a step that waited for a locked file says nothing about the next. */
const longestRest = 1000;

export interface Queued {
  readonly urgency: Urgency;
  /** When it was queued, in milliseconds of a monotonic clock. */
  readonly since: number;
}

/** The writes that wait. Deliveries come first; they and the others stay in the order in which they were made. */
export interface WriteQueue<W extends Queued> {
  readonly size: number;
  /** Writes that are not to be delayed. */
  readonly urgent: number;
  /** Deliveries whose senders have their responses. */
  readonly answered: number;
  add(write: W): void;
  /** Puts writes back to the front. */
  restore(writes: readonly W[]): void;
  /** Milliseconds until the next commit is due without further writes; undefined where nothing waits. */
  dueIn(now: number): number | undefined;
  /** Removes and gives the writes of the next commit. */
  take(most: number, now: number): readonly W[];
  /** A commit was made; `milliseconds` is what it took. */
  committed(writes: readonly W[], milliseconds: number, now: number): void;
  /** Nothing more is added: background steps rest no longer. */
  finish(): void;
  /** Removes and gives all. */
  takeAll(): readonly W[];
  /** Removes and gives what waits beyond the next commit, without deliveries whose senders have their responses. */
  dropBeyond(count: number): readonly W[];
}

export function createWriteQueue<W extends Queued>(): WriteQueue<W> {
  const deliveries = createDeliveries<W>();
  let others: W[] = [];
  let background: W[] = [];
  const rests = createRests();
  const countOrdinary = (): number => others.filter(({ urgency }) => urgency === 'ordinary').length;
  const isOverdue = (write: W | undefined, now: number): boolean =>
    write !== undefined && now - write.since >= longestDeferral;
  return {
    get size() {
      return deliveries.size + others.length + background.length;
    },
    get urgent() {
      return deliveries.size - deliveries.answered + countOrdinary();
    },
    get answered() {
      return deliveries.answered;
    },
    add(write) {
      if (isDelivery(write)) {
        rests.note(write);
        deliveries.add(write);
      } else if (write.urgency === 'background') background.push(write);
      else others.push(write);
    },
    restore(writes) {
      const of = (...urgencies: Urgency[]) => writes.filter(({ urgency }) => urgencies.includes(urgency));
      deliveries.restore(writes.filter(isDelivery));
      others = [...of('ordinary', 'deferred'), ...others];
      background = [...of('background'), ...background];
    },
    dueIn(now) {
      if (deliveries.size > deliveries.answered || countOrdinary() > 0) return 0;
      const [oldest] = others;
      const due = oldest ? [oldest.since + longestDeferral] : [];
      if (background.length > 0) due.push(rests.until);
      return due.length > 0 ? Math.max(0, Math.min(...due) - now) : undefined;
    },
    take(most, now) {
      const isAwaited = deliveries.size > deliveries.answered || others.length > 0;
      const mayStart = background.length > 0 && now >= rests.until;
      if (mayStart && (!isAwaited || isOverdue(background[0], now))) {
        rests.begin(deliveries);
        return background.splice(0, 1);
      }
      const first = deliveries.take(most);
      return [...first, ...others.splice(0, most - first.length)];
    },
    committed([first], milliseconds, now) {
      if (first?.urgency === 'background') rests.end(milliseconds, now);
    },
    finish: rests.finish,
    takeAll: () => [...deliveries.take(deliveries.size), ...others.splice(0), ...background.splice(0)],
    dropBeyond(most) {
      const dropped = deliveries.dropBeyond(most);
      return [...dropped, ...others.splice(Math.max(0, most - deliveries.size))];
    },
  };
}

const isDelivery = ({ urgency }: Queued): boolean => urgency === 'delivery' || urgency === 'answered';

/** The deliveries of the queue, in their order; counts those whose senders have their responses. */
function createDeliveries<W extends Queued>() {
  let waiting: W[] = [];
  let answered = 0;
  const countIn = (writes: readonly W[]): number => writes.filter(({ urgency }) => urgency === 'answered').length;
  return {
    get size() {
      return waiting.length;
    },
    get answered() {
      return answered;
    },
    add(write: W): void {
      waiting.push(write);
      answered += countIn([write]);
    },
    restore(writes: readonly W[]): void {
      waiting = [...writes, ...waiting];
      answered += countIn(writes);
    },
    take(most: number): W[] {
      const taken = waiting.splice(0, most);
      answered -= countIn(taken);
      return taken;
    },
    dropBeyond(most: number): W[] {
      const beyond = waiting.splice(most);
      waiting.push(...beyond.filter(({ urgency }) => urgency === 'answered'));
      return beyond.filter(({ urgency }) => urgency !== 'answered');
    },
  };
}

/** The rests between the steps of long tasks. */
function createRests() {
  let until = 0;
  /** The rest after the step, as a multiple of what it took; by the deliveries that came since it began. */
  let factor = 0;
  let isFinished = false;
  return {
    /** When the next step may begin. */
    get until() {
      return until;
    },
    note({ urgency }: Queued) {
      factor = Math.max(factor, urgency === 'answered' ? restFactors.answered : restFactors.delivery);
    },
    /** A step begins while these deliveries wait. */
    begin({ size, answered }: { readonly size: number; readonly answered: number }) {
      factor = size > answered ? restFactors.delivery : answered > 0 ? restFactors.answered : 0;
    },
    /** The step ends; `milliseconds` is what it took, with its commit. */
    end(milliseconds: number, now: number) {
      if (factor > 0 && !isFinished) until = now + Math.min(longestRest, milliseconds * factor);
    },
    finish() {
      isFinished = true;
      until = 0;
    },
  };
}
