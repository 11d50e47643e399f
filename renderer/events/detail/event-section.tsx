import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** A part of the event's details with a heading. */
export function EventSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="event-section" aria-labelledby={id}>
      <Title order={3} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
