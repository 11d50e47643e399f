import { useTranslation } from 'react-i18next';
import type { Hook } from '../../preload/contract/index.ts';
import { type HookNames, scopeText, shortScope } from '../hook-name.ts';
import { Ago } from '../time.tsx';
import { HookActivity } from './hook-activity.tsx';
import { HookMarks, HookStatus } from './hook-status.tsx';

export function HookRow({ hook, names }: { readonly hook: Hook; readonly names: HookNames }) {
  const { t } = useTranslation();
  const source = [names.connection(hook.connection), hook.region].filter(Boolean).join(' · ');
  return (
    <div className={hook.ours ? 'hook-row' : 'hook-row hook-row-external'}>
      <div className="row-text">
        <div className="row-title">
          <span className="row-name">{names.short(hook)}</span> <HookMarks hook={hook} unusualOnly />
        </div>
        <div className="row-line" title={scopeText(hook.scope)}>
          <code>{hook.event}</code> {hook.place ?? shortScope(hook.scope)}
        </div>
      </div>
      <div className="hook-row-activity">{hook.ours && <HookActivity hook={hook.id} />}</div>
      <div className="hook-row-side">
        <HookStatus hook={hook} />
        <div className="row-line">
          {hook.lastEventAt ? <Ago time={hook.lastEventAt} /> : hook.ours && t('hooks.never')}
        </div>
      </div>
      <div className="hook-row-source row-line">{source}</div>
    </div>
  );
}
