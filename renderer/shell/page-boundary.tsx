import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../parts/index.ts';

interface PageBoundaryProps {
  readonly children: ReactNode;
}

interface PageBoundaryState {
  readonly problem?: Error;
}

/** Shows an error where a page fails, for example if its code cannot be loaded; the rest of the window works on. */
export class PageBoundary extends Component<PageBoundaryProps, PageBoundaryState> {
  override state: PageBoundaryState = {};

  static getDerivedStateFromError(problem: unknown): PageBoundaryState {
    return { problem: problem instanceof Error ? problem : new Error(String(problem)) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    return problem ? <PageFailed problem={problem} /> : this.props.children;
  }
}

function PageFailed({ problem }: { readonly problem: Error }) {
  const { t } = useTranslation();
  return <ProblemNote problem={problem} title={t('nav.pageFailed')} onRetry={() => window.location.reload()} />;
}
