import { literal } from '../../../parquet/engine.ts';
import { aggregateNamed, scalarNamed, windowNamed } from '../functions/index.ts';
import type { AggregateFunction } from '../functions/aggregate.ts';
import { appendLists } from '../functions/array.ts';
import { arity, unexpected, type Call as FunctionCall, type ScalarFunction } from '../functions/definition.ts';
import type { Call, FrameBound, SortItem, Window } from '../syntax/ast.ts';
import { failAt, type Place } from '../syntax/token.ts';
import { arithmetic, concatenate } from './arithmetic.ts';
import { cast, NotCoercible } from './cast.ts';
import { commonOf, commonType } from './coercion.ts';
import { compare } from './comparison.ts';
import type { ExpressionTranslator } from './expression.ts';
import { checkTried } from './tried.ts';
import { BOOLEAN, INTEGER, isNumber, typeText, UNKNOWN, VARCHAR } from './type.ts';
import { engineCast, typed, type Typed } from './typed.ts';

/** Refuses a function by name. */
const unknownFunction = (name: string, place: Place): Error =>
  failAt(place, 'FUNCTION_NOT_FOUND', `Function '${name}' is not on the tested list of headwaters local`);

/** Functions that are part of the language. */
const SPECIAL = new Set(['coalesce', 'nullif', 'if', 'try', 'typeof', 'mod', 'concat', 'grouping']);

/** A function that is no aggregate takes nothing but arguments. */
function unadorned(call: Call, place: Place): void {
  if (call.over !== undefined) throw failAt(place, 'FUNCTION_NOT_WINDOW', `Not a window function: ${call.name}`);
  if (call.filter !== undefined || call.distinct || call.orderBy.length > 0 || call.star)
    throw failAt(place, 'FUNCTION_NOT_AGGREGATE', `Function '${call.name}' is not an aggregation function`);
}

/** Translates calls: what is part of the language, scalar functions, aggregates and windows. */
export class CallTranslator {
  constructor(private readonly expressions: ExpressionTranslator) {}

  /** @throws QueryError FUNCTION_NOT_FOUND for every name that is not on the list */
  translate(call: Call, place: Place): Typed {
    const view = this.view(call, place);
    const scalar = scalarNamed(call.name);
    if (scalar !== undefined || SPECIAL.has(call.name)) unadorned(call, place);
    const special = this.special(call, view);
    if (special !== undefined) return special;
    if (scalar !== undefined) return this.taking(view, scalar);
    const window = windowNamed(call.name);
    if (window !== undefined) {
      if (call.over === undefined) throw failAt(place, 'MISSING_OVER', `Window function ${call.name} requires an OVER clause`);
      return window(view, this.build(call, place));
    }
    const aggregate = aggregateNamed(call.name);
    if (aggregate === undefined) throw unknownFunction(call.name, place);
    if (call.star && call.name !== 'count')
      throw failAt(place, 'FUNCTION_NOT_FOUND', `Unexpected parameters (*) for function ${call.name}`);
    return call.over === undefined
      ? new CallTranslator(this.expressions.ungrouped()).aggregate(aggregate, call, place)
      : aggregate(view, this.build(call, place));
  }

  /** An argument that does not become what a function takes is told as Trino tells it. */
  private taking(view: FunctionCall, scalar: ScalarFunction): Typed {
    try {
      return scalar(view);
    } catch (error) {
      if (!(error instanceof NotCoercible)) throw error;
      throw unexpected(
        view,
        view.args.map((argument, index) => (argument.kind === 'lambda' ? typed('', UNKNOWN) : view.value(index))),
      );
    }
  }

  private aggregate(aggregate: AggregateFunction, call: Call, place: Place): Typed {
    return aggregate(this.view(call, place), this.build(call, place));
  }

  private view(call: Call, place: Place): FunctionCall {
    const { expressions } = this;
    const { depth } = expressions.scope;
    // what is translated again at each level within doubles with the levels
    const values = new Map<number, Typed>();
    return {
      name: call.name,
      place,
      args: call.args,
      now: expressions.context.now,
      value: (index) => {
        const argument = call.args[index];
        if (argument === undefined)
          throw failAt(
            place,
            'FUNCTION_NOT_FOUND',
            `'${call.name}' with ${call.args.length} arguments is not on the tested list of headwaters local`,
          );
        const value = values.get(index) ?? expressions.translate(argument);
        values.set(index, value);
        return value;
      },
      lambda: (index, parameters) => {
        const argument = call.args[index];
        if (argument?.kind !== 'lambda')
          throw failAt(
            place,
            'FUNCTION_NOT_FOUND',
            `'${call.name}' wants a lambda of ${parameters.length} parameters as argument ${index + 1}`,
          );
        if (argument.parameters.length !== parameters.length)
          throw failAt(
            argument,
            'INVALID_PARAMETER_USAGE',
            `Expected a lambda that takes ${parameters.length} argument(s) but got ${argument.parameters.length}`,
          );
        const named = argument.parameters.map((name, at) => [name, parameters[at] ?? typed('null', BOOLEAN)] as const);
        return expressions.within(expressions.scope.within(new Map(named))).translate(argument.body);
      },
      variable: (at = 0) => `v${depth}_${at}`,
    };
  }

  private special(call: Call, view: FunctionCall): Typed | undefined {
    const values = (): readonly Typed[] => call.args.map((_, index) => view.value(index));
    switch (call.name) {
      case 'coalesce': {
        const all = values();
        const type = commonOf(all.map((value) => value.type));
        if (all.length < 2) throw unexpected(view, all);
        if (type === undefined)
          throw failAt(view.place, 'TYPE_MISMATCH', 'All COALESCE operands must be the same type or coercible to a common type');
        return typed(`coalesce(${all.map((value) => cast(value, type)).join(', ')})`, type);
      }
      case 'nullif': {
        arity(view, 2);
        const [a, b] = [view.value(0), view.value(1)];
        const type = commonType(a.type, b.type);
        if (type === undefined)
          throw failAt(
            view.place,
            'TYPE_MISMATCH',
            `Types are not comparable with NULLIF: ${typeText(a.type)} vs ${typeText(b.type)}`,
          );
        return typed(`case when ${compare('=', a, b, view.place).sql} then null else ${a.sql} end`, a.type);
      }
      case 'if':
        return this.condition(call, view);
      case 'try':
        arity(view, 1);
        call.args.forEach(checkTried);
        return typed(this.expressions.try(view.value(0).sql, view.place), view.value(0).type);
      case 'typeof':
        arity(view, 1);
        // Trino computes what it tells the type of, and fails where that fails
        return typed(
          `if(${view.value(0).sql} is null, ${literal(typeText(view.value(0).type))}, ${literal(typeText(view.value(0).type))})`,
          VARCHAR,
        );
      case 'mod':
        arity(view, 2);
        if (!values().every(({ type }) => isNumber(type) || type.kind === 'unknown')) throw unexpected(view, values());
        return arithmetic('%', view.value(0), view.value(1), view.place);
      case 'concat':
        return this.concat(view, values());
      case 'grouping':
        if (!this.expressions.context.grouped)
          throw failAt(
            view.place,
            'MISSING_GROUP_BY',
            'A GROUPING() operation can only be used with a corresponding GROUP BY clause',
          );
        return typed(
          `cast(grouping(${values()
            .map(({ sql }) => sql)
            .join(', ')}) as INTEGER)`,
          INTEGER,
        );
      default:
        return undefined;
    }
  }

  private condition(call: Call, view: FunctionCall): Typed {
    arity(view, 2, 3);
    const then = view.value(1);
    const otherwise = call.args.length === 3 ? view.value(2) : undefined;
    const type = commonOf([then.type, ...(otherwise ? [otherwise.type] : [])]);
    if (type === undefined)
      throw failAt(view.place, 'TYPE_MISMATCH', 'Result types for IF must be the same or coercible to a common type');
    const [condition] = call.args;
    const test = condition === undefined ? 'null' : this.expressions.as(condition, BOOLEAN);
    const last = otherwise === undefined ? engineCast('null', type) : cast(otherwise, type);
    return typed(`case when ${test} then ${cast(then, type)} else ${last} end`, type);
  }

  private concat(view: FunctionCall, values: readonly Typed[]): Typed {
    const [first, ...rest] = values;
    if (first === undefined || rest.length === 0)
      throw failAt(view.place, 'FUNCTION_NOT_FOUND', 'There must be two or more concatenation arguments');
    if (values.every(({ type }) => type.kind === 'array' || type.kind === 'unknown')) {
      const list = appendLists(values);
      if (list !== undefined) return list;
    }
    if (values.some(({ type }) => !['varchar', 'varbinary', 'unknown'].includes(type.kind))) throw unexpected(view, values);
    const whole = rest.reduce((left, right) => concatenate(left, right, view.place), first);
    return typed(whole.sql, whole.type.kind === 'varbinary' ? whole.type : VARCHAR);
  }

  /** DISTINCT, ORDER BY, IGNORE NULLS, FILTER and OVER around an aggregate of the engine. */
  private build(call: Call, place: Place): (name: string, ...args: readonly string[]) => string {
    const { expressions } = this;
    const filter = call.filter === undefined ? '' : ` filter (where ${expressions.as(call.filter, BOOLEAN)})`;
    const over = call.over === undefined ? '' : ` over (${this.window(call.over, place)})`;
    const orderBy = call.orderBy.length === 0 ? '' : ` order by ${this.sortItems(call.orderBy)}`;
    const nulls = call.ignoreNulls ? ' ignore nulls' : '';
    return (name, ...args) => {
      const [engineName = name, word] = name.split(' ');
      const distinct = call.distinct || word === 'distinct' ? 'distinct ' : '';
      return `${engineName}(${distinct}${args.join(', ')}${orderBy}${nulls})${filter}${over}`;
    };
  }

  sortItems(items: readonly SortItem[]): string {
    return items.map((item) => `${this.expressions.translate(item.value).sql}${direction(item)}`).join(', ');
  }

  private window(window: Window, place: Place): string {
    const named = window.name === undefined ? undefined : this.expressions.context.windows.get(window.name);
    if (window.name !== undefined && named === undefined)
      throw failAt(place, 'INVALID_WINDOW_REFERENCE', `Cannot resolve WINDOW name ${window.name}`);
    const inherited = named === undefined ? '' : this.window(named, place);
    const parts = [inherited];
    if (window.partitionBy.length > 0)
      parts.push(`partition by ${window.partitionBy.map((item) => this.expressions.translate(item).sql).join(', ')}`);
    if (window.orderBy.length > 0) parts.push(`order by ${this.sortItems(window.orderBy)}`);
    if (window.frame !== undefined) {
      const { unit, start, end } = window.frame;
      checkFrame(start, end, place);
      parts.push(`${unit} ${end === undefined ? this.bound(start) : `between ${this.bound(start)} and ${this.bound(end)}`}`);
    }
    return parts.filter((part) => part !== '').join(' ');
  }

  private bound(bound: FrameBound): string {
    if (!('value' in bound)) return bound.kind.replaceAll('_', ' ');
    const { sql, type } = this.expressions.translate(bound.value);
    const value =
      type.kind === 'interval_day'
        ? `to_milliseconds(${sql})`
        : type.kind === 'interval_year'
          ? `to_months(cast(${sql} as INTEGER))`
          : sql;
    return `${value} ${bound.kind}`;
  }
}

const BOUNDS = ['unbounded_preceding', 'preceding', 'current_row', 'following', 'unbounded_following'] as const;

/** A frame ends no sooner than it starts. */
function checkFrame(start: FrameBound, end: FrameBound | undefined, place: Place): void {
  const [from, to] = [start.kind, end?.kind ?? 'current_row'];
  const told = (kind: FrameBound['kind']): string => kind.replace('_', ' ').toUpperCase();
  const fail = (words: string): Error => failAt(place, 'INVALID_WINDOW_FRAME', `Window frame ${words}`);
  if (from === 'unbounded_following') throw fail('start cannot be UNBOUNDED FOLLOWING');
  if (to === 'unbounded_preceding') throw fail('end cannot be UNBOUNDED PRECEDING');
  if (BOUNDS.indexOf(from) > BOUNDS.indexOf(to)) throw fail(`starting from ${told(from)} cannot end with ${told(to)}`);
}

/** Trino's default is nulls last, whichever the direction. */
export const direction = ({ descending, nullsFirst }: SortItem): string =>
  ` ${descending ? 'desc' : 'asc'} nulls ${nullsFirst ? 'first' : 'last'}`;
