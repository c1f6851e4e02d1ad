import type { Place } from './token.ts';

/** A type as written: `decimal(10, 2)`, `array(row(x bigint))`, `timestamp(3) with time zone`. */
export interface TypeName extends Place {
  /** In lower case; `timestamp with time zone` and `interval day to second` are names of several words. */
  readonly name: string;
  readonly numbers: readonly number[];
  readonly types: readonly TypeName[];
  /** Fields of a row, in order; an empty name for one without. */
  readonly fields: readonly string[];
}

export type LiteralKind = 'null' | 'boolean' | 'integer' | 'decimal' | 'double' | 'string' | 'binary';
export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '||' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'and' | 'or';
export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Expression = Place &
  (
    | { readonly kind: 'literal'; readonly type: LiteralKind; readonly text: string }
    /** `DATE '2020-01-01'`, `DECIMAL '1.0'` */
    | { readonly kind: 'typed_literal'; readonly type: TypeName; readonly text: string }
    | {
        readonly kind: 'interval';
        readonly text: string;
        readonly negative: boolean;
        readonly from: string;
        readonly to?: string;
      }
    | { readonly kind: 'identifier'; readonly name: string }
    | { readonly kind: 'field'; readonly base: Expression; readonly name: string }
    | Call
    | Lambda
    | { readonly kind: 'cast'; readonly value: Expression; readonly type: TypeName; readonly safe: boolean }
    | { readonly kind: 'negate'; readonly value: Expression }
    | { readonly kind: 'not'; readonly value: Expression }
    | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'between'; readonly value: Expression; readonly low: Expression; readonly high: Expression }
    | { readonly kind: 'in_list'; readonly value: Expression; readonly items: readonly Expression[] }
    | { readonly kind: 'in_query'; readonly value: Expression; readonly query: Query }
    | { readonly kind: 'exists'; readonly query: Query }
    | {
        readonly kind: 'quantified';
        readonly operator: Comparison;
        readonly all: boolean;
        readonly left: Expression;
        readonly query: Query;
      }
    | { readonly kind: 'like'; readonly value: Expression; readonly pattern: Expression; readonly escape?: Expression }
    | { readonly kind: 'is_null'; readonly value: Expression }
    | { readonly kind: 'is_distinct'; readonly left: Expression; readonly right: Expression }
    | { readonly kind: 'case'; readonly operand?: Expression; readonly whens: readonly When[]; readonly otherwise?: Expression }
    | { readonly kind: 'subscript'; readonly base: Expression; readonly index: Expression }
    | { readonly kind: 'array'; readonly items: readonly Expression[] }
    | { readonly kind: 'row'; readonly items: readonly Expression[] }
    | { readonly kind: 'subquery'; readonly query: Query }
    | { readonly kind: 'at_time_zone'; readonly value: Expression; readonly zone: Expression }
    | { readonly kind: 'extract'; readonly field: string; readonly value: Expression }
    | {
        readonly kind: 'trim';
        readonly side: 'both' | 'leading' | 'trailing';
        readonly value: Expression;
        readonly characters?: Expression;
      }
  );

export interface When {
  readonly condition: Expression;
  readonly result: Expression;
}

export interface Call {
  readonly kind: 'call';
  /** In lower case. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** `count(*)` */
  readonly star: boolean;
  readonly distinct: boolean;
  /** Inside the parentheses, or of `WITHIN GROUP`. */
  readonly orderBy: readonly SortItem[];
  readonly filter?: Expression;
  readonly over?: Window;
  readonly ignoreNulls: boolean;
}

export interface Lambda {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface SortItem {
  readonly value: Expression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export type FrameBound =
  | { readonly kind: 'unbounded_preceding' | 'current_row' | 'unbounded_following' }
  | { readonly kind: 'preceding' | 'following'; readonly value: Expression };

export interface Window {
  /** A window of the `WINDOW` clause that this one is, or adds to. */
  readonly name?: string;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly SortItem[];
  readonly frame?: { readonly unit: 'rows' | 'range' | 'groups'; readonly start: FrameBound; readonly end?: FrameBound };
}

/** A name of up to three parts: catalog, database, table. */
export interface QualifiedName extends Place {
  readonly parts: readonly string[];
}

/** `FOR TIMESTAMP AS OF …`, `FOR VERSION AS OF …` */
export interface TableVersion extends Place {
  readonly kind: 'timestamp' | 'version';
  readonly value: Expression;
}

export type Relation = Place &
  (
    | { readonly kind: 'table'; readonly name: QualifiedName; readonly version?: TableVersion }
    | { readonly kind: 'query'; readonly query: Query; readonly lateral: boolean }
    | { readonly kind: 'unnest'; readonly items: readonly Expression[]; readonly ordinality: boolean }
    | { readonly kind: 'aliased'; readonly relation: Relation; readonly alias: string; readonly columns?: readonly string[] }
    | {
        readonly kind: 'join';
        readonly type: 'cross' | 'inner' | 'left' | 'right' | 'full';
        readonly left: Relation;
        readonly right: Relation;
        readonly on?: Expression;
        readonly using?: readonly string[];
      }
  );

export type SelectItem = Place &
  /** `label` is the name of the column as it was written: Athena shows it so. */
  (
    | { readonly kind: 'expression'; readonly value: Expression; readonly alias?: string; readonly label?: string }
    /** `*`, `t.*`, `(row).*` */
    | { readonly kind: 'all'; readonly of?: Expression; readonly columns?: readonly string[] }
  );

export type GroupingElement =
  | { readonly kind: 'simple'; readonly expressions: readonly Expression[] }
  | { readonly kind: 'rollup' | 'cube' | 'sets'; readonly sets: readonly (readonly Expression[])[] };

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: readonly Relation[];
  readonly where?: Expression;
  readonly groupBy: readonly GroupingElement[];
  /** Whether there is a `GROUP BY`, be it empty. */
  readonly grouped: boolean;
  readonly having?: Expression;
  readonly windows: ReadonlyMap<string, Window>;
}

export type QueryBody = Place &
  (
    | Select
    | {
        readonly kind: 'set';
        readonly operator: 'union' | 'intersect' | 'except';
        readonly all: boolean;
        readonly left: QueryBody;
        readonly right: QueryBody;
      }
    | { readonly kind: 'values'; readonly rows: readonly Expression[] }
    | { readonly kind: 'table'; readonly name: QualifiedName }
    | { readonly kind: 'nested'; readonly query: Query }
  );

export interface WithQuery extends Place {
  readonly name: string;
  readonly columns?: readonly string[];
  readonly query: Query;
}

/** A query whole, with what stands before and after it. */
export interface Query extends Place {
  readonly with: readonly WithQuery[];
  readonly body: QueryBody;
  readonly orderBy: readonly SortItem[];
  readonly offset?: Expression;
  readonly limit?: Expression;
}
