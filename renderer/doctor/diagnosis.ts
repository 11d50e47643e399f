import { useQuery } from '@tanstack/react-query';
import type { DiagnosticReport, Input } from '../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../problem.ts';
import { useWindow } from '../window-context.ts';

/** Runs the checks when the dialog opens and when the user repeats them; never automatically, since they call providers. */
export function useDiagnosis(subject: Input<'doctor.run'>) {
  const { transport } = useWindow();
  return useQuery<DiagnosticReport, ProblemError>({
    queryKey: ['doctor', subject],
    queryFn: () => askValue(transport, 'doctor.run', subject),
    gcTime: 0,
  });
}
