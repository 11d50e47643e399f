import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';
import { scopeText, useHookNames } from '../hook-name.ts';
import { Fact, Facts } from '../parts/index.ts';
import { Moment } from '../time.tsx';
import { shortAddress } from './short-address.ts';

export function HookFacts({ hook }: { readonly hook: Hook }) {
  const { t } = useTranslation();
  const names = useHookNames();
  const scope = scopeText(hook.scope);
  return (
    <Facts>
      <Fact label={t('hook.connection')}>{names.connection(hook.connection) ?? t('event.removedConnection')}</Fact>
      <Fact label={t('hook.owner')}>{hook.owner && t(`hook.ownedBy.${hook.owner}`)}</Fact>
      <Fact label={t('hook.dataRegion')}>{hook.region}</Fact>
      <Fact label={t('hook.system')}>{hook.system && <code>{hook.system}</code>}</Fact>
      <Fact label={t('hook.event')}>
        <code>{hook.event}</code>
      </Fact>
      <Fact label={t('hook.path')}>{hook.place}</Fact>
      <Fact label={t('hook.scope')}>{scope ? <code>{scope}</code> : t('hook.everything')}</Fact>
      <Fact label={t('hook.filter')}>{hook.filter && <code>{hook.filter}</code>}</Fact>
      <Fact label={t('hook.attribute')}>{hook.attribute && <code>{JSON.stringify(hook.attribute)}</code>}</Fact>
      <Fact label={t('hook.callback')}>
        <code title={t('hook.callbackHelp')}>{shortAddress(hook.callbackUrl)}</code>
      </Fact>
      <Fact label={t('hook.lastEventAt')}>{hook.lastEventAt && <Moment time={hook.lastEventAt} />}</Fact>
      <Fact label={t('hook.createdAt')}>{hook.createdAt && <Moment time={hook.createdAt} />}</Fact>
      <Fact label={t('hook.expiresAt')}>{hook.expiresAt && <Moment time={hook.expiresAt} />}</Fact>
      <Fact label={t('hook.providerId')}>{hook.providerId && <code>{hook.providerId}</code>}</Fact>
    </Facts>
  );
}
