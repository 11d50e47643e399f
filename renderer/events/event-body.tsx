import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../preload/contract.ts';
import { CopyButton, Note } from '../parts/index.ts';
import { prettyJson } from './pretty-json.ts';

/** Characters shown at first; a megabyte at once would make the window stutter. */
const firstPart = 100_000;

/** The body exactly as it came, or set out for reading; copying gives what is shown, whole. */
export function EventBody({ event: { body, bytes } }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  const pretty = useMemo(() => prettyJson(body), [body]);
  const [form, setForm] = useState<string>('pretty');
  const [whole, setWhole] = useState(false);
  if (body === '' && !bytes) return <p className="faint">{t('event.emptyBody')}</p>;
  const text = form === 'pretty' && pretty !== undefined ? pretty : body;
  const cut = !whole && text.length > firstPart;
  const forms = [
    { value: 'pretty', label: t('event.pretty') },
    { value: 'raw', label: t('event.raw') },
  ];
  return (
    <div>
      <div className="detail-actions">
        {pretty !== undefined && <SegmentedControl size="xs" data={forms} value={form} onChange={setForm} />}
        <CopyButton text={bytes ?? text} label={t('event.copyBody')} />
      </div>
      {bytes && <Note kind="warn">{t('event.notText')}</Note>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <pre className={form === 'pretty' ? 'body' : 'body body-raw'} tabIndex={0}>
        {cut ? text.slice(0, firstPart) : text}
      </pre>
      {cut && (
        <Button variant="default" onClick={() => setWhole(true)}>
          {t('event.showAll', { size: `${Math.ceil(text.length / 1024)} KB` })}
        </Button>
      )}
    </div>
  );
}
