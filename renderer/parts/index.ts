import './parts.css';

export { ConfirmDialog } from './confirm-dialog.tsx';
export { CopyButton } from './copy-button.tsx';
export { Dialog } from './dialog.tsx';
export { download } from './download.ts';
export { EmptyState } from './empty-state.tsx';
export { Fact, Facts } from './facts.tsx';
export { FormDialog } from './form-dialog.tsx';
export { HelpLink } from './help-link.tsx';
export { ListAndDetail } from './list-and-detail.tsx';
export { MuteMenu } from './mute-menu.tsx';
export { Note } from './note.tsx';
export { PageHead } from './page-head.tsx';
export { ProblemNote } from './problem-note.tsx';
export { RowList } from './row-list.tsx';
export { stepOf } from './step.ts';
export { partsTexts } from './texts.en.ts';
