import type { CompiledType } from '../compiled-contract.ts';
import type { JsonObject, JsonValue } from '../parse-json.ts';
import type { Reason } from '../reasons.ts';

/** A value as the table's type holds it, written as JSON; or why it is not one. */
export type ValueVerdict =
  { readonly json: string; readonly text?: string; readonly time?: number } | { readonly reason: Reason };
export type ValueJudge = (value: JsonValue) => ValueVerdict;

/** What a judge is told beside its type. */
export interface Circumstances {
  /** Called for an attribute that the contract lacks. */
  readonly unknownField: () => void;
  /** Equal values are written alike, so that they can be compared; otherwise a double keeps its digits and a map its order. */
  readonly canonical: boolean;
}
/** Compiles the type of what lies within another. */
export type Compile = (
  type: CompiledType,
  column: { readonly validValues?: readonly string[] | undefined },
  circumstances: Circumstances,
) => ValueJudge;
export type TypeOf<K extends CompiledType['kind']> = Extract<CompiledType, { kind: K }>;

export const refuse = (reason: Reason): ValueVerdict => ({ reason });
export const accept = (json: string): ValueVerdict => ({ json });
export const acceptText = (text: string): { json: string; text: string } => ({ json: JSON.stringify(text), text });
export const isObject = (value: JsonValue): value is JsonObject => value instanceof Map;
