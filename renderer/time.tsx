import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { agoOf, exactOf, timeOfDayOf } from './clock.ts';

const Now = createContext(0);

/** Updates all relative times below it. */
export function Clock({ children }: { readonly children: ReactNode }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return <Now.Provider value={now}>{children}</Now.Provider>;
}

/** Milliseconds since 1970, updated four times a minute. */
export const useNow = () => useContext(Now);

/** "5m ago", with the exact time on hover. */
export function Ago({ time }: { readonly time: string }) {
  const now = useNow();
  return (
    <time dateTime={time} title={exactOf(time)}>
      {agoOf(time, now)}
    </time>
  );
}

/** "14:05", with the exact time on hover. */
export function TimeOfDay({ time }: { readonly time: string }) {
  return (
    <time dateTime={time} title={exactOf(time)}>
      {timeOfDayOf(time)}
    </time>
  );
}

/** Local date and time to the second, and how long ago. */
export function Moment({ time }: { readonly time: string }) {
  const now = useNow();
  return (
    <time dateTime={time}>
      {exactOf(time)} <span className="faint">({agoOf(time, now)})</span>
    </time>
  );
}
