import { Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="page-head">
      <Title order={1}>{title}</Title>
      <div className="page-actions">{children}</div>
    </header>
  );
}
