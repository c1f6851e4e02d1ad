import { existsSync, readFileSync } from 'node:fs';
import type * as z from 'zod';
import { ContractError, type DocumentPath, type Fault } from '../../core/contract/fault.ts';
import { readText } from '../../core/contract/odcs/read-text.ts';
import type { FaultPlan } from '../../local/faults/index.ts';
import { CommandError } from '../command-error.ts';
import { faultsShape, ownParams } from './faults-shape.ts';

/**
 * Reads a file of faults.
 *
 * @throws {@link CommandError} `FileMissing`, `InvalidFaults` with file, line and column of each thing that is wrong
 */
export function readFaults(file: string): FaultPlan {
  if (!existsSync(file))
    throw new CommandError('FileMissing', `'--faults' must be a file, got '${file}'; mend the path, or write the file`);
  try {
    const { content, locate } = readText(readFileSync(file), file);
    const read = faultsShape.safeParse(content);
    if (!read.success)
      throw ContractError.in(
        file,
        read.error.issues.flatMap((issue) => faultsIn(issue, content)),
        locate,
      );
    const lineOf = (index: number): number => locate({ code: '', path: ['rules', index], message: '' }).line;
    return { ...read.data, rules: read.data.rules.map((rule, index) => ({ ...rule, line: lineOf(index) })) };
  } catch (error) {
    if (error instanceof ContractError) throw new CommandError('InvalidFaults', error.message);
    throw error;
  }
}

/** What zod found, in the words of this project. */
function faultsIn(issue: z.core.$ZodIssue, content: unknown): Fault[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'UnknownKey',
      path: [...path, key],
      message: 'is not known here; mend its name, or leave it out',
      atKey: true,
    }));
  const value = valueAt(content, path);
  const own = issue.code === 'custom' ? ownParams.parse(issue.params) : undefined;
  if (value === undefined) return [{ code: 'MissingKey', path, message: `${issue.message}, got nothing; add it` }];
  const code = own?.code ?? CODES[issue.code] ?? 'InvalidValue';
  return [{ code, path, message: `${issue.message}, got ${shown(value)}; ${own?.remedy ?? 'mend it'}` }];
}

const CODES: Readonly<Record<string, string>> = { invalid_union: 'UnknownPoint', invalid_value: 'UnknownFault' };

const valueAt = (content: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>(
    (value, part) => (value instanceof Object ? (value as Readonly<Record<string | number, unknown>>)[part] : undefined),
    content,
  );

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value instanceof Object ? 'a map' : `'${String(value)}'`;
}
