import './sidebar.css';
import { Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAnyOverdue } from '../backups/index.ts';
import { needsAttention } from '../hook-health.ts';
import { Inbox } from '../inbox/index.ts';
import { Logo } from '../logo.tsx';
import { useConnections, useHooks, useStatus } from '../queries.ts';
import { useSignal } from '../signal.ts';
import { type Page, pages } from '../view.ts';
import { useWindow } from '../window-context.ts';
import { ColourSwitch } from './colour-switch.tsx';
import { pageKeys } from './keys.ts';
import { iconOf } from './page-icon.ts';
import { StatusLights } from './status-lights.tsx';

export function Sidebar() {
  const { t } = useTranslation();
  const sandbox = useStatus()?.sandbox ?? false;
  return (
    <aside className="sidebar">
      <div className="brand">
        <Logo />
        <div className="wide-only">
          <div className="brand-name">{t('app.name')}</div>
          {sandbox && (
            <div className="faint small" title={t('app.sandboxHelp')}>
              {t('app.sandbox')}
            </div>
          )}
        </div>
        <Inbox />
      </div>
      <nav aria-label={t('nav.label')}>
        <ul className="nav">
          {pages.map((page) => (
            <li key={page}>
              <NavButton page={page} />
            </li>
          ))}
        </ul>
      </nav>
      <div className="sidebar-foot">
        <StatusLights />
        <ColourSwitch />
      </div>
    </aside>
  );
}

function NavButton({ page }: { readonly page: Page }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const present = useSignal(view).page === page;
  const PageIcon = iconOf[page];
  return (
    <Tooltip label={`${t(`nav.${page}`)} (${pageKeys(page)})`} position="right">
      <UnstyledButton
        className="nav-button"
        aria-current={present ? 'page' : undefined}
        onClick={() => view.set({ page })}
      >
        <PageIcon size={19} stroke={1.7} aria-hidden />
        <span className="wide-only">{t(`nav.${page}`)}</span>
        {page === 'backups' && <OverdueMark />}
        {page === 'hooks' && <HooksMark />}
        {page === 'connections' && <SignInMark />}
      </UnstyledButton>
    </Tooltip>
  );
}

/** A mark that a backup is overdue, visible on all pages. */
function OverdueMark() {
  const { t } = useTranslation();
  return useAnyOverdue() && <Mark text={t('nav.overdue')} />;
}

/** A mark that a hook does not deliver. */
function HooksMark() {
  const { t } = useTranslation();
  return useHooks().data?.some(needsAttention) && <Mark text={t('nav.hooksFailing')} />;
}

/** A mark that an account has to be signed in to again. */
function SignInMark() {
  const { t } = useTranslation();
  const isNeeded = useConnections().data?.some(({ signIn, incomplete }) => signIn?.state === 'needed' || incomplete);
  return isNeeded && <Mark text={t('nav.signIn')} />;
}

function Mark({ text }: { readonly text: string }) {
  return <span className="nav-mark lamp-dot lamp-bad" role="img" aria-label={text} title={text} />;
}
