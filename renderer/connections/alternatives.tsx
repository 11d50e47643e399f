import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection, Limitation } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { Note } from '../parts/index.ts';
import { useConnections, useConnectors } from '../queries.ts';
import type { View } from '../view.ts';
import { useWindow } from '../window-context.ts';

type AlternativeHook = NonNullable<Limitation['instead']>;

/** Alternatives for what this account cannot do. */
export function Alternatives({ connection }: { readonly connection: Connection }) {
  return connection.cannot?.map(
    ({ instead, ...limitation }) =>
      instead && (
        <Alternative key={limitation.bundle} connection={connection} limitation={limitation} alternative={instead} />
      ),
  );
}

interface AlternativeProps {
  readonly connection: Connection;
  readonly limitation: Pick<Limitation, 'reason' | 'reasonMessage'>;
  readonly alternative: AlternativeHook;
}

/** Opens the form of a hook of another connection with its values filled in. */
function Alternative({ connection, limitation, alternative }: AlternativeProps) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const connections = useConnections().data ?? [];
  const connector = useConnectors().data?.find(({ id }) => id === alternative.connector);
  const events = connector?.catalogue?.systems.find(({ system }) => system === alternative.system)?.events;
  const event = events?.find((known) => known.event === alternative.event)?.title ?? alternative.event;
  const able = ableConnection(connections, connection, alternative);
  const button = (
    <Button rightSection={<IconArrowRight size={15} aria-hidden />} onClick={() => view.set(viewOf(able, alternative))}>
      {able
        ? t('alternative.create', { event })
        : t('alternative.connect', { connector: connector?.title ?? alternative.connector })}
    </Button>
  );
  return (
    <Note kind="warn" title={messageText(limitation.reasonMessage, limitation.reason)} action={button}>
      {messageText(alternative.textMessage, alternative.text)}
    </Note>
  );
}

/** A connection of the same application, where there is one. */
function ableConnection(
  all: readonly Connection[],
  self: Connection,
  alternative: AlternativeHook,
): Connection | undefined {
  const able = all.filter(({ connector }) => connector === alternative.connector);
  return able.find(({ settings }) => settings.clientId === self.settings.clientId) ?? able[0];
}

function viewOf(able: Connection | undefined, { connector, system, event }: AlternativeHook): View {
  if (!able) return { page: 'connections', form: 'connection', connector };
  return { page: 'hooks', form: 'hook', begin: { connection: able.id, system, event } };
}
