import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';
import { ProblemNote } from '../parts/index.ts';
import { useAct } from '../queries.ts';

/** Whether callbacks without a signature are accepted; nothing where the provider signs all of them. */
export function UnsignedChoice({ hook: { id, acceptUnsigned } }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const set = useAct('hooks.update');
  if (acceptUnsigned === undefined) return null;
  return (
    <>
      <Switch
        mt="md"
        label={t('hook.acceptUnsigned')}
        description={t('hook.acceptUnsignedHelp')}
        checked={acceptUnsigned}
        disabled={set.isPending}
        onChange={({ currentTarget: { checked } }) => set.mutate({ id, acceptUnsigned: checked })}
      />
      <ProblemNote problem={set.error} />
    </>
  );
}
