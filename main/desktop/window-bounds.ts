import type { Rectangle, Screen } from 'electron';

/** Where the window was when it was last closed; the position is missing where it is not known. */
interface RememberedBounds {
  readonly width: number;
  readonly height: number;
  readonly x?: number | undefined;
  readonly y?: number | undefined;
}

/** As Electron takes them: centred without a position. */
type Bounds = Pick<Rectangle, 'width' | 'height'> & Partial<Pick<Rectangle, 'x' | 'y'>>;

const defaultBounds: RememberedBounds = { width: 1120, height: 760 };
/** So much of the window's top must be on a screen for the user to be able to move it. */
const grip = { width: 120, height: 40 };

/** The bounds of a new window: where it was, unless that screen has vanished or shrunk. `screens` begins with the primary one. */
export function restoreBounds(remembered: RememberedBounds = defaultBounds, screens: readonly Rectangle[]): Bounds {
  const { width, height, x, y } = remembered;
  const position = x === undefined || y === undefined ? undefined : { x, y };
  const home = position && screens.find((screen) => isReachable({ ...position, width }, screen));
  const largest = home ?? screens.find(isUsable) ?? defaultBounds;
  const size = { width: Math.min(width, largest.width), height: Math.min(height, largest.height) };
  return home === undefined ? size : { ...size, ...position };
}

/** What taskbar and menu bar leave of each screen, the primary one first. */
export function workAreas(screen: Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>): Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

/** A screen that is being turned off may be reported without any size. */
function isUsable({ width, height }: Rectangle): boolean {
  return width >= grip.width && height >= grip.height;
}

function isReachable({ x, y, width }: Pick<Rectangle, 'x' | 'y' | 'width'>, screen: Rectangle): boolean {
  const visible = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
  return visible >= grip.width && y >= screen.y && y + grip.height <= screen.y + screen.height;
}
