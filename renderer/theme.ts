import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** The theme: the indigo of the icon, the system's typeface, text of 13 and 14 px. */
export const theme = createTheme({
  primaryColor: 'ring',
  primaryShade: 7,
  colors: {
    ring: [
      '#eef0fb',
      '#dcdff3',
      '#b6bce6',
      '#99a2dd',
      '#6d78ce',
      '#5864c7',
      '#4c59c4',
      '#3f4aa8',
      '#363f94',
      '#2a3281',
    ],
  },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  // The same scales as in window.css.
  fontSizes: {
    ...{ xs: 'var(--text-2)', sm: 'var(--text-3)', md: 'var(--text-3)' },
    ...{ lg: 'var(--text-4)', xl: 'var(--text-5)' },
  },
  spacing: {
    ...{ xs: 'var(--space-2)', sm: 'var(--space-3)', md: 'var(--space-4)' },
    ...{ lg: 'var(--space-5)', xl: 'var(--space-6)' },
  },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: {
    sizes: {
      h1: { fontSize: 'var(--text-5)' },
      h2: { fontSize: 'var(--text-4)' },
      h3: { fontSize: 'var(--text-3)' },
    },
  },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    Input: { defaultProps: { size: 'xs' } },
    // Mantine's placeholder for the focus is no valid child of an element with the role `menu`.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 120 } },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/** Replaces Mantine's colours of dimmed text, placeholders and links, whose contrast is below WCAG AA. */
export const readableColours: CSSVariablesResolver = (resolved) => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5b6470', '--mantine-color-placeholder': '#6b7480' },
  dark: {
    '--mantine-color-dimmed': '#a3a8b0',
    '--mantine-color-placeholder': '#8f959e',
    '--mantine-color-anchor': resolved.colors.ring?.[3] ?? '#99a2dd',
  },
});
