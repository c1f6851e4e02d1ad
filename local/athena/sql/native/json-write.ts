import type { JsonForm } from '../analysis/json-form.ts';
import { decimalText } from './decimal-text.ts';
import { javaDouble, jsonString } from './json-text.ts';

/** What the engine's JSON holds of a value that was cast to texts. */
type Texts = string | null | readonly Texts[] | { readonly [name: string]: Texts };

const forms = new Map<string, JsonForm>();

/** A value cast to JSON. */
export function writeForm(texts: string, form: string): string {
  const known = forms.get(form) ?? (JSON.parse(form) as JsonForm);
  forms.set(form, known);
  return written(JSON.parse(texts) as Texts, known);
}

function written(value: Texts | undefined, form: JsonForm): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return scalar(value, form);
  if (isList(value)) return form.is === 'array' ? `[${value.map((item) => written(item, form.of)).join(',')}]` : 'null';
  return `{${members(value, form).join(',')}}`;
}

const isList = (value: Texts): value is readonly Texts[] => Array.isArray(value);

/** Members of a map are in the order of their names, those of a row in its own. */
function members(value: { readonly [name: string]: Texts }, form: JsonForm): readonly string[] {
  if (form.is === 'row') return form.fields.map(({ name, at, of }) => member(name, written(value[at], of)));
  if (form.is !== 'map') return [];
  return Object.entries(value)
    .map(([key, item]) => [scalar(key, form.key), written(item, form.of)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => member(name, text));
}

const member = (name: string, text: string): string => `${jsonString(name)}:${text}`;

function scalar(text: string, form: JsonForm): string {
  switch (form.is) {
    case 'quoted':
      return jsonString(text);
    case 'decimal':
      return decimalText(text);
    case 'double':
      return double(Number(text.replace('inf', 'Infinity')));
    case 'timestamp':
      return jsonString(timestamp(text, form.precision));
    default:
      return text;
  }
}

/** JSON has no numbers that are not finite: Jackson writes their names. */
const double = (value: number): string => (Number.isFinite(value) ? javaDouble(value) : jsonString(javaDouble(value)));

/** The engine leaves out the zeros at the end of a second. */
function timestamp(text: string, precision: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  return precision === 0 ? whole : `${whole}.${fraction.padEnd(6, '0').slice(0, precision)}`;
}
