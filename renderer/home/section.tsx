import { Anchor, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly wide?: boolean;
  /** A link to all of which the section shows a part. */
  readonly more?: { readonly text: string; open(): void };
  readonly children: ReactNode;
}

/** A part of the page with a heading. */
export function Section({ title, wide = false, more, children }: SectionProps) {
  const id = useId();
  return (
    <section className={wide ? 'home-section home-wide' : 'home-section'} aria-labelledby={id}>
      <div className="home-section-head">
        <Title order={2} id={id}>
          {title}
        </Title>
        {more && (
          <Anchor component="button" type="button" className="home-more" onClick={more.open}>
            {more.text}
          </Anchor>
        )}
      </div>
      {children}
    </section>
  );
}
