const bell =
  'M12 2.2a1.6 1.6 0 0 0-1.6 1.6v.6C7.5 5.1 5.5 7.7 5.5 10.7c0 3.7-.9 5.2-2.2 6.5-.6.6-.2 1.7.7 1.7h16c.9 0 1.3-1.1.7-1.7-1.3-1.3-2.2-2.8-2.2-6.5 0-3-2-5.6-4.9-6.3v-.6A1.6 1.6 0 0 0 12 2.2zM9.4 20.2a2.6 2.6 0 0 0 5.2 0z';

/** The bell, as on the application's icon. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 1024 1024" aria-hidden="true" focusable="false">
      <rect x="32" y="32" width="960" height="960" rx="214" fill="#3f4aa8" />
      <path transform="translate(212 216) scale(25)" fill="#ffc24a" d={bell} />
      <path
        fill="none"
        stroke="#ffc24a"
        strokeWidth="44"
        strokeLinecap="round"
        d="M252 326a345 345 0 0 0-64 168M772 326a345 345 0 0 1 64 168"
      />
    </svg>
  );
}
