import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/** Lets a form show what is kept, also when that is changed elsewhere; what is being typed is never overwritten. */
export function useKeptValues<Values extends object>(form: UseFormReturnType<Values>, kept: Values): void {
  const text = JSON.stringify(kept);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another object each time, only its values count
  useEffect(() => {
    if (form.isDirty()) return;
    form.setInitialValues(kept);
    form.setValues(kept);
  }, [text]);
}
