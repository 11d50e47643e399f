import { ActionIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';

interface ListAndDetailProps {
  readonly list: ReactNode;
  /** Undefined where nothing is open. */
  readonly detail: ReactNode | undefined;
  readonly detailLabel: string;
  readonly closeLabel: string;
  onClose(): void;
}

/** Whether closing would discard a typed secret. */
function holdsSecret(section: HTMLElement): boolean {
  const fields = section.querySelectorAll<HTMLInputElement>('input[autocomplete="new-password"]');
  return [...fields].some(({ value }) => value !== '');
}

/** A list with the open item beside it; on narrow windows the item covers the list, which is then inert. */
export function ListAndDetail({ list, detail, detailLabel, closeLabel, onClose }: ListAndDetailProps) {
  const narrow = useMediaQuery('(max-width: 1099px)', false, { getInitialValueInEffect: false });
  const frame = useRef<HTMLDivElement>(null);
  const close = useRef<HTMLButtonElement>(null);
  const open = detail !== undefined;
  const covered = open && narrow;

  useEffect(() => {
    if (covered) close.current?.focus();
  }, [covered]);

  const leave = () => {
    onClose();
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus());
  };

  return (
    <div className="split" ref={frame}>
      <div className="split-list" inert={covered}>
        {list}
      </div>
      {open && (
        <section
          className="split-detail"
          aria-label={detailLabel}
          onKeyDown={(event) => {
            // A dialog that was opened here is a child in React but not in the document.
            const inside = event.currentTarget.contains(event.target as Node);
            if (event.key === 'Escape' && inside && !holdsSecret(event.currentTarget)) leave();
          }}
        >
          <ActionIcon
            ref={close}
            className="split-close"
            variant="subtle"
            color="gray"
            aria-label={closeLabel}
            onClick={leave}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
          {detail}
        </section>
      )}
    </div>
  );
}
