import { Loader } from '@mantine/core';
import { IconCircleCheck, IconCirclePlus, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalogue, Input } from '../../../preload/contract/index.ts';
import { shortScope } from '../../hook-name.ts';
import { problemText } from '../../message-text.ts';
import { type CreationState, type Creations, keyOf } from './creation.ts';
import { systemIn } from './hook-draft.ts';

interface CreationListProps {
  readonly requests: readonly Input<'hooks.create'>[];
  readonly creations: Creations;
  readonly catalogue: Catalogue | undefined;
}

/** The hooks that will be created, and the result of each. */
export function CreationList({ requests, creations, catalogue }: CreationListProps) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('hookForm.list')}>
      <div className="small faint">{t('hookForm.willCreate', { count: requests.length })}</div>
      <ul className="creations" aria-live="polite">
        {requests.map((request) => {
          const known = systemIn(catalogue, request.system ?? '')?.events.find(({ event }) => event === request.event);
          const one = creations.get(keyOf(request));
          return (
            <li key={keyOf(request)}>
              <StateIcon state={one?.state} />
              <span className="creation-text">
                {known?.title ?? request.event} <span className="faint">{shortScope(request.scope ?? {})}</span>
                {one?.state === 'failed' && <span className="danger creation-problem">{problemText(one.problem)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function StateIcon({ state }: { readonly state: CreationState['state'] | undefined }) {
  const { t } = useTranslation();
  switch (state) {
    case 'creating':
      return <Loader size={15} aria-label={t('hookForm.state.creating')} />;
    case 'created':
      return <IconCircleCheck size={16} className="creation-done" aria-label={t('hookForm.state.created')} />;
    case 'failed':
      return <IconCircleX size={16} className="danger" aria-label={t('hookForm.state.failed')} />;
    default:
      return <IconCirclePlus size={16} className="faint" aria-hidden />;
  }
}
