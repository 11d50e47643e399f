import { Anchor, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';
import { CopyableUri } from './redirect-uris.tsx';
import { daysLeft } from './sign-in.ts';
import { useSignIn } from './use-sign-in.ts';

/** Days before the expiry at which a warning is shown. */
const few = 3;

/** The state of a user's sign-in, where something needs to be done. */
export function SignInState({ connection }: { readonly connection: Connection }) {
  const { state } = connection.signIn ?? {};
  if (state === 'waiting') return <Waiting connection={connection} />;
  if (state === 'needed') return <Needed connection={connection} />;
  return <Ending connection={connection} />;
}

function Needed({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { problem, problemMessage } = connection.signIn ?? {};
  const signIn = useSignIn();
  const begin = (
    <Button loading={signIn.pending} onClick={() => signIn.begin(connection.id)}>
      {t(problem ? 'signIn.again' : 'signIn.begin')}
    </Button>
  );
  return (
    <div aria-live="polite">
      <Note kind="warn" title={t('signIn.neededTitle')} action={begin}>
        {problem ? messageText(problemMessage, problem) : t('signIn.needed')}
      </Note>
      {signIn.problem?.message !== problem && <ProblemNote problem={signIn.problem} />}
    </div>
  );
}

function Waiting({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { redirectUri = '' } = connection.signIn ?? {};
  const signIn = useSignIn();
  const cancel = useAct('connections.cancelSignIn');
  return (
    <div aria-live="polite">
      <Note kind="plain" title={t('signIn.waitingTitle')}>
        {t('signIn.waiting')}
        <div>
          <CopyableUri uri={redirectUri} />
        </div>
        <Group gap="xs" mt="xs">
          <Button variant="default" loading={signIn.pending} onClick={() => signIn.begin(connection.id)}>
            {t('signIn.openPage')}
          </Button>
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ id: connection.id })}>
            {t('signIn.cancel')}
          </Button>
          {signIn.url && (
            <Anchor href={signIn.url} target="_blank" rel="noopener noreferrer" size="sm">
              {t('signIn.openHere')}
            </Anchor>
          )}
        </Group>
      </Note>
      <ProblemNote problem={signIn.problem ?? cancel.error} />
    </div>
  );
}

function Ending({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation();
  const { problem, problemMessage } = connection.signIn ?? {};
  const signIn = useSignIn();
  const days = daysLeft(connection, Date.now());
  const isEnding = days !== undefined && days <= few;
  if (!problem && !isEnding) return null;
  const begin = (
    <Button variant="default" loading={signIn.pending} onClick={() => signIn.begin(connection.id)}>
      {t('signIn.again')}
    </Button>
  );
  return (
    <div aria-live="polite">
      <Note kind="warn" title={t(isEnding ? 'signIn.endsSoon' : 'signIn.notRenewed')} action={begin}>
        {problem ? messageText(problemMessage, problem) : days !== undefined && t('signIn.days', { count: days })}
      </Note>
      <ProblemNote problem={signIn.problem} />
    </div>
  );
}
