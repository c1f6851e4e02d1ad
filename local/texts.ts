import * as z from 'zod';
import { isRecord } from './input.ts';

/** Texts by any name: zod's own records leave `__proto__` out. */
export const texts = z.custom<Record<string, string>>(
  (value) => isRecord(value) && Object.values(value).every((text) => typeof text === 'string'),
);
