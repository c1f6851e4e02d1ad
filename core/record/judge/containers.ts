import type { JsonValue } from '../parse-json.ts';
import { accept, isObject, refuse, type Circumstances, type Compile, type TypeOf, type ValueJudge } from './verdict.ts';

/** Whether a reader of the table could take an unknown key for another: it holds a dot, or differs from a column by its case alone. */
export const isAmbiguous = (key: string, known: ReadonlySet<string>): boolean =>
  key.includes('.') || known.has(key.toLowerCase());

export function arrayJudge(type: TypeOf<'array'>, circumstances: Circumstances, compile: Compile): ValueJudge {
  const { minItems = 0, maxItems = Infinity, uniqueItems = false, validValues } = type;
  const judge = compile(type.items, { validValues }, uniqueItems ? { ...circumstances, canonical: true } : circumstances);
  return (value) => {
    if (!Array.isArray(value)) return refuse('wrong-type');
    if (value.length < minItems || value.length > maxItems) return refuse('wrong-length');
    const items: string[] = [];
    for (const item of value as readonly JsonValue[]) {
      if (item === null) return refuse('missing-value');
      const verdict = judge(item);
      if ('reason' in verdict) return verdict;
      items.push(verdict.json);
    }
    if (uniqueItems && new Set(items).size < items.length) return refuse('duplicate-key');
    return accept(`[${items.join(',')}]`);
  };
}

export function objectJudge(type: TypeOf<'object'>, circumstances: Circumstances, compile: Compile): ValueJudge {
  const judges = type.fields.map((field) => ({
    ...field,
    key: JSON.stringify(field.name),
    judge: compile(field.type, field, circumstances),
  }));
  const known = new Set(type.fields.map(({ name }) => name));
  const { minProperties = 0, maxProperties = Infinity } = type;
  return (value) => {
    if (!isObject(value)) return refuse('wrong-type');
    if (value.size < minProperties || value.size > maxProperties) return refuse('wrong-length');
    for (const key of value.keys()) {
      if (known.has(key)) continue;
      if (isAmbiguous(key, known)) return refuse('ambiguous-key');
      circumstances.unknownField();
    }
    const parts: string[] = [];
    for (const { name, key, required, judge } of judges) {
      const field = value.get(name);
      if (field === undefined || field === null) {
        if (required) return refuse('missing-value');
        continue;
      }
      const verdict = judge(field);
      if ('reason' in verdict) return verdict;
      parts.push(`${key}:${verdict.json}`);
    }
    return accept(`{${parts.join(',')}}`);
  };
}

/**
 * A key is data here, and data is not changed: Firehose's deserializer writes every key in lower case, so one that has another is refused,
 * and with it two that differ by case. An empty key names nothing, and null is no value of any type. A dot is a character like any other.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_OpenXJsonSerDe.html
 */
export function mapJudge(type: TypeOf<'map'>, circumstances: Circumstances, compile: Compile): ValueJudge {
  const judge = compile(type.values, {}, circumstances);
  const { minProperties = 0, maxProperties = Infinity } = type;
  return (value) => {
    if (!isObject(value)) return refuse('wrong-type');
    if (value.size < minProperties || value.size > maxProperties) return refuse('wrong-length');
    const entries: string[] = [];
    for (const [key, inner] of value) {
      if (key === '' || inner === null) return refuse('missing-value');
      if (key !== key.toLowerCase()) return refuse('ambiguous-key');
      const verdict = judge(inner);
      if ('reason' in verdict) return verdict;
      entries.push(`${JSON.stringify(key)}:${verdict.json}`);
    }
    if (circumstances.canonical) entries.sort();
    return accept(`{${entries.join(',')}}`);
  };
}
