import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseNamedQuery, type NamedQuery } from '../core/query/named-query.ts';

/** Reads every `*.sql` of a folder, in order of their names; a folder that is not there holds none. */
export function readNamedQueries(folder: string): NamedQuery[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => parseNamedQuery(name, readFileSync(path.join(folder, name), 'utf8')));
}
