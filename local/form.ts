/** What a field of a form holds: a text, fields behind dots, a list, or a map. */
export type FormField = 'text' | FormFields | FormList | FormMap;

/** Fields by their names. */
export interface FormFields {
  readonly fields: Readonly<Record<string, FormField>>;
  /** What readers call it. @default - as the form does */
  readonly as?: string;
}

/** `Name.1`, `Name.2`, or with a word between: `Name.member.1`. Without one, a single item may do without its number. */
export interface FormList {
  readonly list: FormField;
  readonly within?: 'member';
  readonly as?: string;
}

/** A list of entries, each with a key and a value, by what a form calls these: `Attribute.1.Name`. */
export interface FormMap {
  readonly map: readonly [key: string, value: string, of: FormField];
  readonly within?: 'entry';
  readonly as?: string;
}

export type Form = Readonly<Record<string, unknown>>;

/** A form's names, within one another. */
interface Tree {
  readonly [name: string]: string | Tree;
}

/** Characters of a field's name that are told: a form of 1 MB may be one name. */
const LONGEST_NAME = 256;

/** What every form says beside the operation's own. */
const COMMON = ['Action', 'Version'];

/**
 * Reads a form as objects within one another: numbers and truth stay texts.
 *
 * @param refuse Makes the error for a field that nobody reads: it is told by its name as the form has it
 */
export function readForm(fields: ReadonlyMap<string, string>, form: FormFields, refuse: (name: string) => Error): Form {
  const read = (at: string | Tree, field: FormField, name: string): unknown => {
    if (field === 'text') return typeof at === 'string' ? at : stranger(at, name);
    if (typeof at === 'string' && at !== '')
      return 'list' in field && field.list === 'text' && field.within === undefined ? [at] : stranger(at, name);
    const tree = typeof at === 'string' ? {} : at; // an empty list or map is an empty text
    if ('fields' in field) return readFields(tree, field, name);
    const isSingle = 'map' in field && field.within === undefined && field.map[0] in tree;
    const items = isSingle ? [[name, tree] as const] : numbered(tree, field.within, name);
    if ('list' in field) return items.map(([place, item]) => read(item, field.list, place));
    return Object.fromEntries(items.map(([place, item]) => readEntry(item, field, place)));
  };
  const readFields = (tree: Tree, { fields: known }: FormFields, name: string): Form =>
    Object.fromEntries(
      Object.entries(tree).map(([key, at]) => {
        const place = name === '' ? key : `${name}.${key}`;
        const field = Object.hasOwn(known, key) ? known[key] : undefined;
        if (field === undefined) return stranger(at, place);
        return [field === 'text' ? key : (field.as ?? key), read(at, field, place)];
      }),
    );
  const readEntry = (item: string | Tree, { map: [key, value, of] }: FormMap, place: string): [string, unknown] => {
    const entry = readFields(
      typeof item === 'string' ? stranger(item, place) : item,
      { fields: { [key]: 'text', [value]: of } },
      place,
    );
    const name = entry[key];
    return [typeof name === 'string' ? name : '', entry[value] ?? (of === 'text' ? '' : {})];
  };
  const numbered = (tree: Tree, within: string | undefined, name: string): readonly (readonly [string, string | Tree])[] => {
    const other = within === undefined ? undefined : Object.keys(tree).find((key) => key !== within);
    if (other !== undefined) return stranger(tree[other] ?? '', `${name}.${other}`);
    const list = within === undefined ? tree : (tree[within] ?? {});
    const place = within === undefined ? name : `${name}.${within}`;
    if (typeof list === 'string') return stranger(list, place);
    const wrong = Object.keys(list).find((key) => !/^\d+$/.test(key));
    if (wrong !== undefined) return stranger(list[wrong] ?? '', `${place}.${wrong}`);
    return Object.entries(list)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([number, item]) => [`${place}.${number}`, item]);
  };
  /** Named to its end, as a form writes it. */
  const stranger = (at: string | Tree, name: string): never => {
    const steps = [name];
    for (let [next] = within(at); next !== undefined; [next] = within(next[1])) steps.push(next[0]);
    throw refuse(steps.join('.').slice(0, LONGEST_NAME));
  };
  return readFields(treeOf(fields), form, '');
}

const within = (at: string | Tree): readonly (readonly [string, string | Tree])[] =>
  typeof at === 'string' ? [] : Object.entries(at);

/** The operation's own fields: `a.1.b` is `b` within `1` within `a`. */
function treeOf(fields: ReadonlyMap<string, string>): Tree {
  const empty = (): Record<string, string | Tree> => Object.create(null) as Record<string, string | Tree>;
  const root = empty();
  for (const [name, value] of fields) {
    if (COMMON.includes(name) || name.startsWith('X-Amz-')) continue;
    const steps = name.split('.');
    const last = steps.pop() ?? name;
    let at = root;
    for (const step of steps) {
      const next = at[step];
      const within = typeof next === 'object' ? next : empty();
      at[step] = within;
      at = within;
    }
    if (typeof at[last] !== 'object') at[last] = value;
  }
  return root;
}
