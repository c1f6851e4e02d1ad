import { parseDocument } from 'yaml';
import type * as z from 'zod';
import { didYouMean, nameOneOf } from '../../suggest.ts';
import { PriceError } from './price-error.ts';
import { workloadShape, type Workload } from './workload.ts';

/**
 * Reads the text of a workload file.
 *
 * @throws {@link PriceError} `InvalidWorkload`, naming each fault
 */
export function readWorkload(text: string): Workload {
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0)
    throw new PriceError(
      'InvalidWorkload',
      document.errors.map(({ message }) => `the workload must be YAML: ${message.split('\n')[0] ?? ''}`),
    );
  const value: unknown = document.toJS() ?? {};
  const read = workloadShape.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  throw new PriceError('InvalidWorkload', read.error.issues.flatMap(faultsOf));
}

function faultsOf(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(path);
    return issue.keys.map(
      (key) => `'${[...path, key].join('.')}' is no key of a workload${didYouMean(key, known) || `; ${nameOneOf(known)}`}`,
    );
  }
  const got = issue.input === undefined ? 'nothing' : JSON.stringify(issue.input);
  const name = path.length === 0 ? 'the workload' : `'${path.join('.')}'`;
  return [`${name} must be as docs/cost.md says: ${lower(issue.message)}, got ${got}; mend it, or leave it out for its default`];
}

/** The keys that stand beside one of a path: those of the workload, or of what one of its records holds. */
function keysOf([group]: readonly string[]): string[] {
  if (group === undefined) return Object.keys(workloadShape.shape);
  const shape = workloadShape.shape;
  const records = { datasets: shape.datasets, functions: shape.functions, workflows: shape.workflows, buckets: shape.buckets };
  const found = Object.entries(records).find(([name]) => name === group)?.[1];
  return found === undefined ? [] : Object.keys(found.unwrap().valueType.shape);
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
