import type { Input, MethodName, SinkView } from '../../../preload/contract/index.ts';
import type { MethodReply } from './sample.ts';

/** Targets of notifications as they are added; what grants access is not given out again. */
export function sinkReplies(): Partial<Record<MethodName, MethodReply>> {
  const sinks: SinkView[] = [];
  return {
    'sinks.list': () => sinks,
    'sinks.add': ({ target, name }: Input<'sinks.add'>) => {
      const host =
        target.kind === 'email'
          ? target.to.join(', ')
          : new URL('url' in target ? target.url : 'http://127.0.0.1').host;
      const sink = { id: `sink-${sinks.length}`, kind: target.kind, name: name ?? host, enabled: true };
      sinks.push({ ...sink, target: host, waiting: 0 });
      return sinks.at(-1);
    },
    'sinks.update': ({ id, enabled }: Input<'sinks.update'>) => {
      const sink = sinks.find((one) => one.id === id);
      return Object.assign(sink ?? {}, { enabled });
    },
    'sinks.test': () => ({}),
  };
}
