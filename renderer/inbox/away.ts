import { useEffect, useState } from 'react';

const key = 'ringback-left-at';

/** The ISO time when the user last left the window; undefined before that. */
export function useLeftAt(): string | undefined {
  const [leftAt, setLeftAt] = useState(() => localStorage.getItem(key) ?? undefined);
  useEffect(() => {
    const leave = () => localStorage.setItem(key, new Date().toISOString());
    const comeBack = () => setLeftAt(localStorage.getItem(key) ?? undefined);
    window.addEventListener('blur', leave);
    window.addEventListener('pagehide', leave);
    window.addEventListener('focus', comeBack);
    return () => {
      window.removeEventListener('blur', leave);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('focus', comeBack);
    };
  }, []);
  return leftAt;
}
