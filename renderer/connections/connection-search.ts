import type { Connection } from '../../preload/contract/index.ts';

/** The connections whose name, account, provider's title or a setting contains each word of the text. */
export function connectionsMatching<C extends Pick<Connection, 'name' | 'account' | 'connector' | 'settings'>>(
  connections: readonly C[],
  text: string,
  titleOf: (connector: string) => string,
): readonly C[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return connections.filter(({ name, account = '', connector, settings }) => {
    const searched = [name, account, titleOf(connector), ...Object.values(settings)].join('\n').toLowerCase();
    return words.every((word) => searched.includes(word));
  });
}
