import { isRecord } from '../../input.ts';
import { NotSimulated } from '../language.ts';

/** Whether a filter of a path takes a value. */
export type Filter = (value: unknown) => boolean;

const CONDITION = /^@((?:\.[^\s.[\]=!<>&|()]+|\['[^']*'\])+)\s*(?:(==|!=|<=|>=|<|>)\s*('(?:[^'\\]|\\.)*'|[^\s'"]+))?$/;

/**
 * Reads the condition of a filter: comparisons of members with literals, and whether there is one, joined by `&&` and `||`.
 *
 * @throws NotSimulated for what AWS does not document
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export function parseFilter(text: string): Filter {
  const any = split(text, '||').map((part) => {
    const all = split(part, '&&').map((condition) => conditionOf(condition.trim()));
    return (value: unknown) => all.every((accepts) => accepts(value));
  });
  return (value) => any.some((accepts) => accepts(value));
}

/** The parts between a sign that stands in no literal. */
function split(text: string, sign: '&&' | '||'): readonly string[] {
  const parts = [''];
  for (const [token] of text.matchAll(/'(?:[^'\\]|\\.)*'|&&|\|\||./gs)) {
    if (token === sign) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${token}`);
  }
  return parts;
}

function conditionOf(text: string): Filter {
  const [, path = '', operator, written = ''] = CONDITION.exec(text) ?? [];
  if (path === '') throw new NotSimulated(`the filter '${text}' of a path; simulated: @.name compared with a literal`);
  const names = Array.from(path.matchAll(/\.([^.[\]]+)|\['([^']*)'\]/g), ([, dotted, quoted]) => dotted ?? quoted ?? '');
  if (operator === undefined) return (value) => (at(value, names) ?? null) !== null;
  const literal = literalOf(written);
  if (operator === '==') return (value) => alike(at(value, names), literal);
  if (operator === '!=') {
    return (value) => {
      const found = at(value, names);
      return found !== undefined && !alike(found, literal);
    };
  }
  if (typeof literal !== 'number')
    throw new NotSimulated(`'${operator}' in a filter of a path with what is no number: '${text}'`);
  return (value) => {
    const found = at(value, names);
    return isNumeric(found) && compares(operator, Number(found), literal);
  };
}

function at(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (within, name) => (isRecord(within) && Object.hasOwn(within, name) ? within[name] : undefined),
    value,
  );
}

function literalOf(written: string): unknown {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
  try {
    return JSON.parse(written) as unknown;
  } catch {
    throw new NotSimulated(`the literal '${written}' in a filter of a path`);
  }
}

/** Whether a value is a literal: of different types, where both are written alike. */
function alike(value: unknown, literal: unknown): boolean {
  return value !== undefined && (value === literal || plain(value) === plain(literal));
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));

function compares(operator: string, found: number, literal: number): boolean {
  switch (operator) {
    case '<':
      return found < literal;
    case '<=':
      return found <= literal;
    case '>':
      return found > literal;
    default:
      return found >= literal;
  }
}
