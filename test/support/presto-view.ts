interface Definition {
  readonly originalSql: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly catalog: string;
  readonly schema: string;
}

/** A view's definition, as a person reads it. */
export interface LegibleView extends Omit<Definition, 'originalSql' | 'columns'> {
  readonly columns: readonly string[];
  readonly originalSql: readonly string[];
}

const ENVELOPE = /^\/\* Presto View: (\S+) \*\/$/;

const unpacked = (encoded: string): Definition => JSON.parse(Buffer.from(encoded, 'base64').toString()) as Definition;
const packed = (definition: Definition): string =>
  `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`;

/** A view's text in a template, as lines; nothing of any other text. */
export function legibleView(text: string): LegibleView | undefined {
  const [, encoded] = ENVELOPE.exec(text) ?? [];
  if (encoded === undefined) return undefined;
  const { originalSql, columns, ...rest } = unpacked(encoded);
  return { ...rest, columns: columns.map(({ name, type }) => `${name} ${type}`), originalSql: originalSql.split('\n') };
}

/** The text that is read so. */
export function viewText({ originalSql, columns, ...rest }: LegibleView): string {
  const split = (column: string) => ({
    name: column.slice(0, column.indexOf(' ')),
    type: column.slice(column.indexOf(' ') + 1),
  });
  return packed({ originalSql: originalSql.join('\n'), ...rest, columns: columns.map(split) });
}

/** A view's text with another query. */
export function withQuery(text: string, change: (sql: string) => string): string {
  const [, encoded] = ENVELOPE.exec(text) ?? [];
  if (encoded === undefined) throw new Error('the text must be that of a view');
  const definition = unpacked(encoded);
  return packed({ ...definition, originalSql: change(definition.originalSql) });
}
