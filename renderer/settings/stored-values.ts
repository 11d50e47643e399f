import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/** Lets a form show what is stored, also when that is changed elsewhere; what is being typed is never overwritten. */
export function useStoredValues<Values extends object>(form: UseFormReturnType<Values>, stored: Values): void {
  const text = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another object each time, only its values count
  useEffect(() => {
    if (form.isDirty()) return;
    form.setInitialValues(stored);
    form.setValues(stored);
  }, [text]);
}
