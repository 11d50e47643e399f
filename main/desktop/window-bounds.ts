import type { Rectangle, Screen } from 'electron';

/** The bounds of the window when it was last closed; without a position where that is unknown. */
interface RememberedBounds {
  readonly width: number;
  readonly height: number;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
}

/** In the form of Electron: centred without a position. */
type Bounds = Pick<Rectangle, 'width' | 'height'> & Partial<Pick<Rectangle, 'x' | 'y'>>;

const defaultBounds: RememberedBounds = { width: 1120, height: 760 };
/** Pixels of the window's top that must be on a screen, so that the user can move it. */
const grip = { width: 120, height: 40 };

/** The last bounds, unless their screen is gone or smaller now. `screens` starts with the primary one. */
export function restoreBounds(remembered: RememberedBounds = defaultBounds, screens: readonly Rectangle[]): Bounds {
  const { width, height, x, y } = remembered;
  const position = x === undefined || y === undefined ? undefined : { x, y };
  const home = position && screens.find((screen) => isReachable({ ...position, width }, screen));
  const largest = home ?? screens.find(isUsable) ?? defaultBounds;
  const size = { width: Math.min(width, largest.width), height: Math.min(height, largest.height) };
  return home === undefined ? size : { ...size, ...position };
}

/** The areas of the screens without taskbar and menu bar, the primary one first. */
export function workAreas(screen: Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>): Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** A screen that is being turned off may have no size. */
function isUsable({ width, height }: Rectangle): boolean {
  return width >= grip.width && height >= grip.height;
}

function isReachable({ x, y, width }: Pick<Rectangle, 'x' | 'y' | 'width'>, screen: Rectangle): boolean {
  const visible = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return visible >= grip.width && y >= screen.y && y + grip.height <= screen.y + screen.height;
}
