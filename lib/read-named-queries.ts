import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseNamedQuery, type NamedQuery } from '../core/query/named-query.ts';

/**
 * Reads every `*.sql` of a folder, in order of their names; a folder that is not there holds none. Errors name files as they are seen from
 * where the command was given: `models/questions/ask.sql`.
 */
export function readNamedQueries(folder: string): NamedQuery[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => path.join(folder, name))
    .map((file) => parseNamedQuery(shown(file), readFileSync(file, 'utf8')));
}

const shown = (file: string): string => path.relative(process.cwd(), file).split(path.sep).join('/');
