import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NoteProps {
  readonly kind: 'bad' | 'warn' | 'plain';
  readonly title?: string | undefined;
  /** Announced immediately by assistive technology. */
  readonly urgent?: boolean;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

const iconOf = { bad: IconCircleX, warn: IconAlertTriangle, plain: IconInfoCircle };

/** A message to the user, with its actions at the end. */
export function Note({ kind, title, urgent = false, action, children }: NoteProps) {
  const NoteIcon = iconOf[kind];
  return (
    <div className={`note note-${kind}`} role={urgent ? 'alert' : undefined}>
      <NoteIcon size={18} stroke={1.7} className="note-icon" aria-hidden />
      <div className="note-text">
        {title && <div className="note-title">{title}</div>}
        {children}
      </div>
      {action}
    </div>
  );
}
