/** A table to make; its types are Trino's, its partitioning is written as Athena writes it. */
interface MakeTable {
  readonly make: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly by: readonly string[];
}

/** A table to make of a query. */
interface MakeTableAs {
  readonly make: string;
  readonly as: string;
  readonly by: readonly string[];
}

/** One change of a table's columns. */
type ChangeTable = { readonly change: string } & (
  | { readonly add: string; readonly type: string }
  | { readonly drop: string }
  | { readonly rename: string; readonly to: string; readonly type: string }
);

/**
 * A statement as Trino and Athena both take it, or what they write each in their own way. In a statement, `{snapshot:1}` stands for the id of the first
 * snapshot that changed a file of the table `t`, and `{time:1}` for its time.
 */
export type Step = string | MakeTable | MakeTableAs | ChangeTable;

/** What is run in order, in a database of its own. */
export interface Script {
  readonly name: string;
  readonly steps: readonly Step[];
}

export const make = (name: string, columns: Readonly<Record<string, string>>, ...by: readonly string[]): Step => ({
  make: name,
  columns,
  by,
});

/** Makes of each entry a script. */
export const scripts = (theme: string, steps: Readonly<Record<string, readonly Step[]>>): readonly Script[] =>
  Object.entries(steps).map(([name, of]) => ({ name: `${theme}: ${name}`, steps: of }));
