import { useTranslation } from 'react-i18next';
import { encode } from 'uqr';

/** The text as a QR code, dark on light in all themes, as cameras require. */
export function QrCode({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const { size, data } = encode(text, { ecc: 'L', border: 3 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg
      className="team-qr"
      role="img"
      aria-label={t('teamForm.qrCode')}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
