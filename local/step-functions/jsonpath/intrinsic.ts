import { NotSimulated } from '../language.ts';
import { Fault } from './fault.ts';
import { FUNCTIONS, InvalidArgument } from './intrinsic-functions.ts';
import { PathError, PathFault, Query, type Scope } from './query.ts';

const CALL = /^States\.(\w+)\(/;
const LITERAL = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=\s*[,)])/;
const TEXT = /^'((?:[^'\\]|\\.)*)'/s;
const ESCAPE = /\\(.)/gs;
/** What may stand behind a backslash. */
const ESCAPED = /^['{}\\]$/;

export const isIntrinsic = (text: string): boolean => text.startsWith('States.');

type Argument = (scope: Scope) => unknown;

/**
 * Compiles the call of an intrinsic function.
 *
 * @throws PathFault
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export function compileIntrinsic(text: string): (scope: Scope) => unknown {
  const reader = new CallReader(text);
  const call = reader.call();
  reader.end();
  return (scope) => {
    try {
      return call(scope);
    } catch (error) {
      if (error instanceof InvalidArgument) throw new Fault(said(text, error.message), 'States.IntrinsicFailure');
      if (error instanceof MissingArgument) throw new Fault(said(text, error.message));
      throw error;
    }
  };
}

const said = (text: string, error: string): string => `The function '${text}' had the following error: ${error}`;

class MissingArgument extends Error {}

class CallReader {
  private at = 0;

  constructor(private readonly text: string) {}

  call(): Argument {
    const [opening, name = ''] = CALL.exec(this.rest()) ?? [];
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (opening === undefined || known === undefined) throw this.fault(`calls one of ${Object.keys(FUNCTIONS).join(', ')}`);
    this.at += opening.length;
    const given = this.arguments(name);
    const [least, most] = known.takes;
    if (name === 'MathRandom' && given.length === 3) throw new NotSimulated('States.MathRandom with a seed');
    if (given.length < least || given.length > most)
      throw this.fault(`gives States.${name} ${least === most ? least : `${least} or more`} arguments`);
    return (scope) => known.run(...given.map((argument) => argument(scope)));
  }

  end(): void {
    if (this.rest().trim() !== '') throw this.fault('ends with its call');
  }

  private arguments(of: string): Argument[] {
    const given: Argument[] = [];
    this.blank();
    if (this.took(')')) return given;
    do given.push(this.argument(of === 'Format' && given.length === 0));
    while (this.took(','));
    if (!this.took(')')) throw this.fault("ends each call with ')'");
    return given;
  }

  private argument(isTemplate: boolean): Argument {
    this.blank();
    const rest = this.rest();
    const literal = LITERAL.exec(rest)?.[0];
    const argument =
      literal !== undefined
        ? constant(JSON.parse(this.take(literal.length)) as unknown)
        : rest.startsWith('$')
          ? path(new Query(this.take(pathLength(rest)).trim()))
          : rest.startsWith("'")
            ? this.quoted(isTemplate)
            : this.call();
    this.blank();
    return argument;
  }

  private quoted(isTemplate: boolean): Argument {
    const [all, inner] = TEXT.exec(this.rest()) ?? [];
    if (all === undefined || inner === undefined) throw this.fault("ends each text with '");
    const wrong = Array.from(inner.matchAll(ESCAPE), ([, escaped = '']) => escaped).find((escaped) => !ESCAPED.test(escaped));
    if (wrong !== undefined) throw this.fault(`has ', {, } or \\ alone behind a backslash, got '${wrong}'`);
    this.take(all.length);
    return constant(isTemplate ? inner : inner.replaceAll(ESCAPE, '$1'));
  }

  private rest(): string {
    return this.text.slice(this.at);
  }

  private take(length: number): string {
    this.at += length;
    return this.text.slice(this.at - length, this.at);
  }

  private took(sign: string): boolean {
    if (!this.rest().startsWith(sign)) return false;
    this.at += sign.length;
    return true;
  }

  private blank(): void {
    this.at += this.rest().length - this.rest().trimStart().length;
  }

  private fault(rule: string): PathFault {
    return new PathFault(`${rule}: '${this.text}'`);
  }
}

const constant =
  (value: unknown): Argument =>
  () =>
    value;

const path =
  (query: Query): Argument =>
  (scope) => {
    const value = read(query, scope);
    if (value !== undefined) return value;
    const input = JSON.stringify(scope.root);
    throw new MissingArgument(`The JsonPath argument for the field '${query.within}' could not be found in the input '${input}'`);
  };

/** Undefined where a path finds nothing. @throws MissingArgument where it cannot be applied */
function read(query: Query, scope: Scope): unknown {
  try {
    return query.read(scope);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    if (error.isAbsence) return undefined;
    throw new MissingArgument(error.message);
  }
}

/** Characters up to the comma or parenthesis behind a path: those within brackets and texts are its own. */
function pathLength(text: string): number {
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/'(?:[^'\\]|\\.)*'?|./gs)) {
    if (token === '[') depth += 1;
    if (token === ']') depth -= 1;
    if (depth === 0 && (token === ',' || token === ')')) return index;
  }
  return text.length;
}
