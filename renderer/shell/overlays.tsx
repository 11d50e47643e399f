import { lazy, Suspense, useMemo, useState } from 'react';
import { useShortcuts } from './keys.ts';
import { RemovalToasts } from './removal-toasts.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

/** The dialogs that shortcuts open above any page: the commands and the list of keys. */
export function Overlays() {
  const [open, setOpen] = useState<'palette' | 'help'>();
  const shortcuts = useMemo(() => ({ onPalette: () => setOpen('palette'), onHelp: () => setOpen('help') }), []);
  useShortcuts(shortcuts);
  const close = () => setOpen(undefined);
  return (
    <>
      <RemovalToasts />
      {open === 'help' && <ShortcutsDialog onClose={close} />}
      {open === 'palette' && (
        <Suspense>
          <Palette onClose={close} />
        </Suspense>
      )}
    </>
  );
}
