import { useQuery } from '@tanstack/react-query';
import type { DiagnosticReport, Input } from '../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../problem.ts';
import { useWindow } from '../window-context.ts';

/** Examines when the dialog opens and when asked again; never by itself, since it calls providers. */
export function useDiagnosis(subject: Input<'doctor.run'>) {
  const { transport } = useWindow();
  return useQuery<DiagnosticReport, ProblemError>({
    queryKey: ['doctor', subject],
    queryFn: () => askValue(transport, 'doctor.run', subject),
    gcTime: 0,
  });
}
