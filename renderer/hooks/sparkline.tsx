import './sparkline.css';

interface SparklineProps {
  /** Numbers of successive periods. */
  readonly counts: readonly number[];
  /** What the bars show, for those who do not see them. */
  readonly label: string;
}

/** A small chart of bars, the highest of which fills its height. */
export function Sparkline({ counts, label }: SparklineProps) {
  const most = Math.max(1, ...counts);
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${counts.length * 5} 20`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      {counts.map((count, index) => {
        const height = count === 0 ? 1 : 3 + Math.round((17 * count) / most);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of the periods never changes
            key={index}
            className={count === 0 ? 'sparkline-none' : undefined}
            x={index * 5}
            y={20 - height}
            width={4}
            height={height}
          />
        );
      })}
    </svg>
  );
}
