import './event-body.css';
import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../../preload/contract/index.ts';
import { sizeText } from '../../numbers.ts';
import { CopyButton, Note } from '../../parts/index.ts';
import { useHooks } from '../../queries.ts';
import { BodyText } from './body-text.tsx';
import { curlOf } from './curl.ts';
import { jsonTree } from './json-tree.ts';
import { JsonTreeView } from './json-tree-view.tsx';
import { prettyJson } from './pretty-json.ts';

const forms = ['tree', 'pretty', 'raw'] as const;
type Form = (typeof forms)[number];

/** The usual URL of a handler in development, for hooks without forwarding. */
const usualHandler = 'http://localhost:3000/callback';

interface EventBodyProps {
  readonly event: Pick<EventDetail, 'headers' | 'body' | 'bytes' | 'shown'> & { readonly hook?: string | undefined };
}

/** The body as a tree, formatted, or exactly as received. */
export function EventBody({ event }: EventBodyProps) {
  const { t } = useTranslation();
  const { bytes } = event;
  const body = event.shown?.body ?? event.body;
  const tree = useMemo(() => jsonTree(body), [body]);
  const [chosen, setForm] = useState<Form>('tree');
  const forward = useHooks().data?.find(({ id }) => id === event.hook)?.forward;
  if (body === '' && !bytes) return <p className="faint">{t('event.emptyBody')}</p>;
  const form = tree ? chosen : 'raw';
  return (
    <div>
      <div className="detail-actions">
        {tree && (
          <SegmentedControl
            size="xs"
            data={forms.map((value) => ({ value, label: t(`event.${value}`) }))}
            value={form}
            onChange={setForm}
          />
        )}
        <div className="detail-copies">
          <CopyButton text={curlOf(event, forward?.url ?? usualHandler)} label={t('event.copyCurl')} caption="cURL" />
          <CopyButton text={bytes ?? event.body} label={t('event.copyBody')} />
        </div>
      </div>
      {body !== event.body && <p className="faint small">{t('event.masked')}</p>}
      {bytes && <Note kind="warn">{t('event.notText')}</Note>}
      {form === 'tree' && tree ? (
        <JsonTreeView root={tree} />
      ) : (
        <SearchableBody key={form} body={body} isPretty={form === 'pretty'} />
      )}
    </div>
  );
}

/** Number of characters that are shown at first, because a megabyte would freeze the window. */
const firstPart = 100_000;

function SearchableBody({ body, isPretty }: { readonly body: string; readonly isPretty: boolean }) {
  const { t } = useTranslation();
  const text = useMemo(() => (isPretty ? (prettyJson(body) ?? body) : body), [body, isPretty]);
  const [whole, setWhole] = useState(false);
  const cut = !whole && text.length > firstPart;
  return (
    <>
      <BodyText text={cut ? text.slice(0, firstPart) : text} wraps={!isPretty} onSearch={() => setWhole(true)} />
      {cut && (
        <Button variant="default" onClick={() => setWhole(true)}>
          {t('event.showAll', { size: sizeText(text.length) })}
        </Button>
      )}
    </>
  );
}
