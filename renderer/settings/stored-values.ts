import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';

/** Updates a form when stored values change, also elsewhere; never overwrites values that the user is editing. */
export function useStoredValues<Values extends object>(form: UseFormReturnType<Values>, stored: Values): void {
  const text = JSON.stringify(stored);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another object each time, only its values count
  useEffect(() => {
    if (form.isDirty()) return;
    form.setInitialValues(stored);
    form.setValues(stored);
  }, [text]);
}
