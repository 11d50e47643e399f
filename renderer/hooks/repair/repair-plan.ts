import { useQuery } from '@tanstack/react-query';
import type { HookPlan } from '../../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../../problem.ts';
import { useWindow } from '../../window-context.ts';

/** The repairs that are needed at present; never cached. */
export function useRepairPlan() {
  const { transport } = useWindow();
  return useQuery<HookPlan, ProblemError>({
    queryKey: ['hooks.reconcile', 'plan'],
    queryFn: () => askValue(transport, 'hooks.reconcile', { dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
}
