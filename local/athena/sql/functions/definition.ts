import { coerce } from '../analysis/cast.ts';
import { isCoercible, sameType } from '../analysis/coercion.ts';
import { typeText, type Type } from '../analysis/type.ts';
import { typed, type Typed } from '../analysis/typed.ts';
import type { Expression } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';

/** A call as a function sees it. */
export interface Call {
  readonly name: string;
  readonly place: Place;
  readonly args: readonly Expression[];
  /** An argument's SQL and type. */
  value(index: number): Typed;
  /** The body of an argument that is a lambda, given what its parameters stand for. */
  lambda(index: number, parameters: readonly Typed[]): Typed;
  /** Names for the engine's lambda, which no lambda around it has. */
  variable(place?: number): string;
  /** Milliseconds since the epoch, simulated: the start of the query. */
  readonly now: number;
}

export type ScalarFunction = (call: Call) => Typed;

/** What a parameter takes: the type itself, or what the argument's own type must become; undefined where it does not fit. */
export type Parameter = Type | ((type: Type) => Type | undefined);

export interface Overload {
  readonly parameters: readonly Parameter[];
  /** Of every argument after the parameters. */
  readonly rest?: Parameter;
  readonly returns: Type | ((types: readonly Type[]) => Type);
  /** The engine's SQL over the arguments' SQL, which has the parameters' types by then. */
  readonly sql: (args: readonly string[], types: readonly Type[]) => string;
}

/** One form of a function. */
export const form = (
  parameters: readonly Parameter[],
  returns: Overload['returns'],
  sql: (...args: readonly string[]) => string,
): Overload => ({ parameters, returns, sql: (args) => sql(...args) });

/** A function of one or more forms; the first that fits exactly is taken, else the first that fits after coercion. */
export const define =
  (...overloads: readonly Overload[]): ScalarFunction =>
  (call) => {
    const args = call.args.map((_, index) => call.value(index));
    const fitting = fitted(overloads, args);
    if (fitting === undefined) throw unexpected(call, args);
    const { overload, types } = fitting;
    const sql = overload.sql(
      args.map((arg, index) => coerce(arg, types[index] ?? arg.type)),
      types,
    );
    return typed(sql, typeof overload.returns === 'function' ? overload.returns(types) : overload.returns);
  };

function fitted(
  overloads: readonly Overload[],
  args: readonly Typed[],
): { overload: Overload; types: readonly Type[] } | undefined {
  const found = overloads.flatMap((overload) => {
    const types = matched(overload, args);
    return types === undefined ? [] : [{ overload, types }];
  });
  return found.find(({ types }) => types.every((type, index) => sameType(type, args[index]?.type ?? type))) ?? found[0];
}

function matched({ parameters, rest }: Overload, args: readonly Typed[]): readonly Type[] | undefined {
  if (args.length < parameters.length || (rest === undefined && args.length > parameters.length)) return undefined;
  const types = args.map(({ type }, index) => {
    const parameter = parameters[index] ?? rest;
    const wanted = typeof parameter === 'function' ? parameter(type) : parameter;
    return wanted !== undefined && isCoercible(type, wanted) ? wanted : undefined;
  });
  return types.every((type) => type !== undefined) ? types : undefined;
}

/** Trino's answer to a call whose arguments fit no form. */
export const unexpected = ({ name, place }: Call, args: readonly Typed[]): Error =>
  failAt(
    place,
    'FUNCTION_NOT_FOUND',
    `Unexpected parameters (${args.map(({ type }) => typeText(type)).join(', ')}) for function ${name}: no such form is on the tested list of headwaters local`,
  );

/** An argument that must be known before the query runs. @throws QueryError NOT_SUPPORTED */
export function constant(call: Call, index: number): string {
  const text = call.value(index).constant;
  if (text === undefined)
    throw failAt(call.place, 'NOT_SUPPORTED', `argument ${index + 1} of '${call.name}' must be a literal in headwaters local`);
  return text;
}

/** Checks how many arguments there are. */
export function arity(call: Call, ...lawful: readonly number[]): void {
  if (!lawful.includes(call.args.length)) {
    throw failAt(
      call.place,
      'FUNCTION_NOT_FOUND',
      `'${call.name}' with ${call.args.length} arguments is not on the tested list of headwaters local`,
    );
  }
}
