import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** Milliseconds for which a removal can be undone. */
export const undoTime = 10_000;

interface UndoToast {
  readonly id?: string;
  readonly text: string;
  readonly action: string;
  /** Milliseconds; where absent, it stays until it is hidden. */
  readonly time?: number;
  undo(): void;
}

/** Shows what was removed, with a button that undoes it. */
export function showUndo({ id = crypto.randomUUID(), text, action, time, undo }: UndoToast): void {
  const run = () => {
    undo();
    notifications.hide(id);
  };
  notifications.show({
    id,
    autoClose: time ?? false,
    withCloseButton: false,
    message: (
      <div className="undo-toast">
        <span className="undo-text">{text}</span>
        <Button variant="default" size="compact-sm" onClick={run}>
          {action}
        </Button>
      </div>
    ),
  });
}
