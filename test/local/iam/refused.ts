import { ServiceError } from '../../../local/service.ts';

/** What a service refused `act` with; fails where it did not. */
export function refused(act: () => unknown): { code: string; status: number; message: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof ServiceError) return { code: error.code, status: error.status, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}
