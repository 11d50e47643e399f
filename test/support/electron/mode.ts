/** How the simulated system behaves. */
export interface SystemMode {
  readonly platform?: NodeJS.Platform;
  /** Whether the window reports that it can be shown, and loads its page. */
  readonly window?: 'shows' | 'never becomes ready' | 'fails to load';
  /** What a notification's `show()` leads to; "bus": what the notification service of the session bus says. */
  readonly notifications?: 'shown' | 'failed' | 'unconfirmed' | 'unsupported' | 'bus';
  /** "unrecognised": there is one, but Chromium calls the desktop's choice `basic_text`. */
  readonly keyStore?: 'present' | 'unrecognised' | 'locked' | 'absent';
  /** Whether another instance runs already. */
  readonly secondInstance?: boolean;
  /** The buttons that the user presses in message boxes, in order; further boxes stay open. */
  readonly pressed?: readonly number[];
  readonly packaged?: boolean;
}

/** What the test sees of the application. */
export interface Observed {
  readonly windows: readonly { readonly visible: boolean; readonly loaded: string | undefined }[];
  readonly tray: { readonly toolTip: string; readonly rows: readonly string[] } | undefined;
  readonly notifications: readonly { readonly title: string; readonly body: string; readonly shown: boolean }[];
  readonly boxes: readonly { readonly message: string; readonly detail: string }[];
  /** What the system was asked to open. */
  readonly opened: readonly string[];
  /** Types of the changes that the window received. */
  readonly changes: readonly string[];
}

/** What the test has happen in the application. */
export type Command =
  | { readonly type: 'observe' }
  | { readonly type: 'ask'; readonly method: string; readonly input: unknown; readonly foreign?: boolean }
  | { readonly type: 'emit'; readonly on: 'app' | 'powerMonitor'; readonly event: string; readonly values?: unknown[] }
  | { readonly type: 'press-close' }
  | { readonly type: 'press-row'; readonly label: string }
  | { readonly type: 'click-notification'; readonly index: number; readonly event: 'click' | 'action' }
  | { readonly type: 'unlock' }
  | { readonly type: 'quit' };
