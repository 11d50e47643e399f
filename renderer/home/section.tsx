import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A part of the page with a heading. */
export function Section({ title, wide = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={wide ? 'home-section home-wide' : 'home-section'} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}
