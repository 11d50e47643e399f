import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** Compact and calm: the indigo of the icon, the system's own typeface, 13 and 14 px text. */
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
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  headings: { sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } } },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    Input: { defaultProps: { size: 'xs' } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 }, transitionProps: { duration: 120 } },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/** Mantine's own faint text and links fall short of the contrast WCAG AA asks for. */
export const readableColours: CSSVariablesResolver = (resolved) => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#5b6470', '--mantine-color-placeholder': '#6b7480' },
  dark: {
    '--mantine-color-dimmed': '#a3a8b0',
    '--mantine-color-placeholder': '#8f959e',
    '--mantine-color-anchor': resolved.colors.ring?.[3] ?? '#99a2dd',
  },
});
