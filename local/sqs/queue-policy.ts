import { isRecord } from '../input.ts';
import { ServiceError } from '../service.ts';

/** @throws ServiceError InvalidAttributeValue */
export function parsePolicy(text: string): Readonly<Record<string, unknown>> {
  try {
    const policy: unknown = JSON.parse(text);
    if (isRecord(policy)) return policy;
  } catch {
    throw badPolicy();
  }
  throw badPolicy();
}

const badPolicy = (): ServiceError => new ServiceError('InvalidAttributeValue', 'Invalid value for the parameter Policy.');
