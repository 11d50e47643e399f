import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import type { Doctor } from './doctor.ts';

/** The contract's questions to the doctor. */
export function doctorMethods(doctor: Doctor): MethodHandlers<MethodsOf<'doctor'>> {
  return { 'doctor.run': (target) => doctor.diagnose(target) };
}
