import type { Members } from '../../input.ts';
import type { Path } from '../expressions/path.ts';
import { scalar, type Item } from '../values/attribute-value.ts';
import type { KeySchema } from '../table/key-text.ts';

/** Condition keys of one request for items. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html#FGAC_DDB.ConditionKeys */
export type ItemContext = Readonly<Record<string, string | readonly string[]>>;

/** What a request for items says of them. */
export interface AskedItems {
  /** The items' keys, and by which schema. @default - it names none: a scan */
  readonly keys?: { readonly items: readonly Item[]; readonly schema: KeySchema };
  /** Attributes that it names, keys among them. */
  readonly attributes: readonly string[];
  /** @default - it is no read */
  readonly select?: string;
  /** The operation around it. @default - none */
  readonly enclosing?: string;
}

export function itemContext(input: Members, { keys, attributes, select, enclosing }: AskedItems): ItemContext {
  const leading = keys?.items.flatMap((item) => scalar(item[keys.schema.hash.name], keys.schema.hash.type) ?? []);
  const named = [...new Set(attributes)];
  return {
    ...(leading !== undefined && leading.length > 0 && { 'dynamodb:LeadingKeys': [...new Set(leading)] }),
    ...(named.length > 0 && { 'dynamodb:Attributes': named }),
    ...(select !== undefined && { 'dynamodb:Select': select }),
    ...(enclosing !== undefined && { 'dynamodb:EnclosingOperation': enclosing }),
    ...Object.fromEntries(
      ['ReturnValues', 'ReturnConsumedCapacity'].flatMap((member) => {
        const value = input.optionalText(member);
        return value === undefined ? [] : [[`dynamodb:${member}`, value]];
      }),
    ),
  };
}

/** The attributes that paths begin with. */
export const heads = (...paths: readonly (readonly Path[] | undefined)[]): readonly string[] =>
  paths.flatMap((each) => (each ?? []).map(([first]) => first));
