import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';

/**
 * Draws the bell: the application's icons and the tray's, written beside this file and kept in the repository.
 * Run `node build/icons.ts` after a change; it needs rsvg-convert (Debian: librsvg2-bin).
 */

const folder = import.meta.dirname;
const bell =
  'M12 2.2a1.6 1.6 0 0 0-1.6 1.6v.6C7.5 5.1 5.5 7.7 5.5 10.7c0 3.7-.9 5.2-2.2 6.5-.6.6-.2 1.7.7 1.7h16c.9 0 1.3-1.1.7-1.7-1.3-1.3-2.2-2.8-2.2-6.5 0-3-2-5.6-4.9-6.3v-.6A1.6 1.6 0 0 0 12 2.2z';
const clapper = 'M9.4 20.2a2.6 2.6 0 0 0 5.2 0z';

const application = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1024 1024">
  <title>Ringback</title>
  <defs><linearGradient id="ground" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3f4aa8"/><stop offset="1" stop-color="#272e75"/></linearGradient></defs>
  <rect x="64" y="64" width="896" height="896" rx="200" fill="url(#ground)"/>
  <g transform="translate(230 226) scale(23.5)" fill="#ffc24a"><path d="${bell}"/><path d="${clapper}"/></g>
  <g fill="none" stroke="#ffc24a" stroke-width="40" stroke-linecap="round" opacity=".85"><path d="M262 330a330 330 0 0 0-62 160"/><path d="M762 330a330 330 0 0 1 62 160"/></g>
</svg>
`;

interface Colours {
  readonly bell: string;
  readonly quiet: string;
  readonly alarm: string;
}
const coloured: Colours = { bell: '#f0a020', quiet: '#8e8e96', alarm: '#e5484d' };
/** A macOS template image holds its shape in the alpha channel alone. */
const template: Colours = { bell: '#000', quiet: '#000', alarm: '#000' };

/** The shape shows the state as well as the colour does: filled, struck through, outlined, or with a badge. */
function trayStates(colours: Colours): Readonly<Record<string, string>> {
  const solid = (colour: string, cut = '') =>
    `<mask id="cut"><rect width="24" height="24" fill="#fff"/>${cut}</mask><g fill="${colour}" mask="url(#cut)"><path d="${bell}"/><path d="${clapper}"/></g>`;
  const strike = (colour: string, width: number) =>
    `<path d="M3.5 3.5l17 17" stroke="${colour}" stroke-width="${width}" stroke-linecap="round"/>`;
  const mark =
    '<path d="M18 14.6v3" stroke="#000" stroke-width="1.7" stroke-linecap="round"/><circle cx="18" cy="20.2" r="1" fill="#000"/>';
  return {
    up: solid(colours.bell),
    down: `${solid(colours.quiet, strike('#000', 5))}${strike(colours.quiet, 2)}`,
    off: `<g fill="none" stroke="${colours.quiet}" stroke-width="1.8" stroke-linejoin="round"><path d="${bell}"/><path d="${clapper}" fill="${colours.quiet}"/></g>`,
    problem: `${solid(colours.bell, '<circle cx="18" cy="17.5" r="6.6" fill="#000"/>')}<mask id="mark"><rect width="24" height="24" fill="#fff"/>${mark}</mask><circle cx="18" cy="17.5" r="5.2" fill="${colours.alarm}" mask="url(#mark)"/>`,
  };
}

function draw(svg: string, size: number): Buffer {
  return execFileSync('rsvg-convert', ['-w', String(size), '-h', String(size)], { input: svg });
}

function save(name: string, content: string | Buffer): void {
  writeFileSync(`${folder}/${name}`, content);
}

/** Windows' container: a directory of PNG images. */
function ico(images: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...images.map((image) => image.png)]);
}

/** macOS' container: PNG images, each under the four letters of its size. */
function icns(images: readonly { readonly kind: string; readonly png: Buffer }[]): Buffer {
  const chunk = (kind: string, content: Buffer) => {
    const head = Buffer.from(`${kind}\0\0\0\0`, 'latin1');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(images.map(({ kind, png }) => chunk(kind, png))));
}

mkdirSync(`${folder}/tray`, { recursive: true });
mkdirSync(`${folder}/icons`, { recursive: true });
save('icon.svg', application);
save('icon.png', draw(application, 1024));
/** Linux desktops look for these sizes (freedesktop.org Icon Theme Specification, hicolor). */
for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) save(`icons/${size}x${size}.png`, draw(application, size));
save('icon.ico', ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: draw(application, size) }))));
save(
  'icon.icns',
  icns(
    Object.entries({ ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }).map(([kind, size]) => ({
      kind,
      png: draw(application, size),
    })),
  ),
);

/** The tray's sizes: macOS 18 points, Windows 16 pixels and multiples, Linux one large image that panels scale. */
const sizes: Readonly<Record<string, { readonly colours: Colours; readonly sizes: Readonly<Record<string, number>> }>> =
  {
    Template: { colours: template, sizes: { '': 18, '@2x': 36 } },
    '': { colours: coloured, sizes: { '': 16, '@1.25x': 20, '@1.5x': 24, '@2x': 32 } },
    '-large': { colours: coloured, sizes: { '': 48 } },
  };
for (const [suffix, kind] of Object.entries(sizes)) {
  for (const [state, shape] of Object.entries(trayStates(kind.colours))) {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${shape}</svg>`;
    for (const [scale, size] of Object.entries(kind.sizes)) save(`tray/${state}${suffix}${scale}.png`, draw(svg, size));
  }
}
