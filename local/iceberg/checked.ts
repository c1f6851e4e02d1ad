import type * as z from 'zod';
import { IcebergError } from './iceberg-error.ts';

/** A record of a file, as the specification has it. @throws IcebergError ICEBERG_INVALID_METADATA */
export function checked<T>(schema: z.ZodType<T>, record: unknown, path: string): T {
  const found = schema.safeParse(record);
  if (found.success) return found.data;
  throw new IcebergError(
    'ICEBERG_INVALID_METADATA',
    `${path}: ${found.error.issues[0]?.path.join('.') ?? ''} is not as the Iceberg specification has it`,
  );
}
