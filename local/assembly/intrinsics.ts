import { isRecord, ownOf } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';
import { cidrBlocks } from './cidr.ts';
import { SUB_NAME } from './references.ts';

/** What names in a template stand for. Each function answers undefined for a name it does not know. */
export interface Scope {
  /** A resource, a parameter or a pseudo parameter. */
  readonly ref: (name: string) => unknown;
  readonly attribute: (logicalId: string, attribute: string) => unknown;
  readonly importValue: (name: string) => unknown;
  readonly condition: (name: string) => unknown;
  readonly mappings: Readonly<Record<string, unknown>>;
  /** A text with values in the place of its dynamic references. @default - they stand for themselves */
  readonly dynamic?: (text: string, at: string) => string;
  /** A message without the secrets that stand in the place of references. @default - the message as it is */
  readonly conceal?: (message: string) => string;
}

/** What `AWS::NoValue` stands for: the member that holds it is left out. */
const NOTHING = Symbol('AWS::NoValue');

/** Zones of every region here. On AWS it is the account that decides: those with a default subnet, in an order that is not promised. */
const ZONES = ['a', 'b', 'c'] as const;

type Intrinsic = (argument: unknown, scope: Scope, at: string) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope, at) => (name === 'AWS::NoValue' ? NOTHING : known(scope.ref(text(name, at)), `'${String(name)}'`, at)),
  'Fn::GetAtt': (argument, scope, at) => {
    const [id = '', ...rest] = Array.isArray(argument) ? texts(argument, at) : text(argument, at).split('.');
    return known(scope.attribute(id, rest.join('.')), `'${id}.${rest.join('.')}'`, at);
  },
  'Fn::Join': (argument, scope, at) => {
    const [separator, items] = list(argument, at);
    return dynamic(texts(list(evaluate(items, scope, at), at), at).join(text(separator, at)), scope, at);
  },
  'Fn::Sub': (argument, scope, at) => {
    const [template, own]: unknown[] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
    const variables = isRecord(own) ? own : {};
    const whole = text(template, at).replace(SUB_NAME, (_whole, literal: string, name: string) => {
      if (literal !== '') return `\${${name}}`;
      if (Object.hasOwn(variables, name)) return text(evaluate(variables[name], scope, at), at);
      const [id = '', ...rest] = name.split('.');
      return text(known(rest.length === 0 ? scope.ref(id) : scope.attribute(id, rest.join('.')), `'${name}'`, at), at);
    });
    return dynamic(whole, scope, at);
  },
  'Fn::Select': (argument, scope, at) => {
    const [index, items] = list(argument, at);
    return known(list(evaluate(items, scope, at), at)[Number(evaluate(index, scope, at))], `index ${String(index)}`, at);
  },
  'Fn::Split': (argument, scope, at) => {
    const [separator, whole] = list(argument, at);
    return text(evaluate(whole, scope, at), at).split(text(separator, at));
  },
  'Fn::GetAZs': (argument, scope, at) => {
    const asked = text(evaluate(argument, scope, at), at);
    const region = asked === '' ? text(known(scope.ref('AWS::Region'), "'AWS::Region'", at), at) : asked;
    return ZONES.map((zone) => `${region}${zone}`);
  },
  'Fn::ImportValue': (argument, scope, at) => {
    const name = text(evaluate(argument, scope, at), at);
    return known(scope.importValue(name), `export '${name}'`, at);
  },
  'Fn::FindInMap': (argument, scope, at) => {
    const [map, first, second, rest] = list(evaluate(argument, scope, at), at);
    const keys = texts([map, first, second], at);
    const found = keys.reduce<unknown>((value, key) => (isRecord(value) ? ownOf(value, key) : undefined), scope.mappings);
    return known(found ?? (isRecord(rest) ? rest.DefaultValue : undefined), `mapping '${keys.join('.')}'`, at);
  },
  'Fn::Cidr': (argument, scope, at) => {
    const [block, count, bits] = list(evaluate(argument, scope, at), at);
    return known(
      cidrBlocks(text(block, at), Number(count), Number(bits)),
      `${String(count)} blocks of ${String(bits)} bits in '${String(block)}'`,
      at,
    );
  },
  'Fn::Length': (argument, scope, at) => list(evaluate(argument, scope, at), at).length,
  'Fn::ToJsonString': (argument, scope, at) => JSON.stringify(evaluate(argument, scope, at)),
  'Fn::Base64': (argument, scope, at) => Buffer.from(text(evaluate(argument, scope, at), at)).toString('base64'),
  'Fn::If': (argument, scope, at) => {
    const [name, yes, no] = list(argument, at);
    return evaluate(holds({ Condition: name }, scope, at) ? yes : no, scope, at);
  },
};

/**
 * Puts values where a template has intrinsic functions; a member that is `AWS::NoValue` is left out.
 *
 * @param at Where the value stands, for messages: `Stack.LogicalId.Properties`
 * @throws {@link AssemblyError} `UnknownIntrinsic`, `UnresolvedReference`
 */
export function resolve(value: unknown, scope: Scope, at: string): unknown {
  const resolved = evaluate(value, scope, at);
  return resolved === NOTHING ? undefined : resolved;
}

/** Evaluates a condition's expression. @throws {@link AssemblyError} `UnknownIntrinsic`, `UnresolvedReference` */
export function holds(expression: unknown, scope: Scope, at: string): boolean {
  const [name = '', argument] = isRecord(expression) ? (Object.entries(expression)[0] ?? []) : [];
  switch (name) {
    case 'Condition':
      return known(scope.condition(text(argument, at)), `condition '${String(argument)}'`, at) === true;
    case 'Fn::Equals': {
      const [left, right] = list(argument, at).map((side) => evaluate(side, scope, at));
      return String(left) === String(right);
    }
    case 'Fn::Not':
      return !list(argument, at).every((inner) => holds(inner, scope, at));
    case 'Fn::And':
      return list(argument, at).every((inner) => holds(inner, scope, at));
    case 'Fn::Or':
      return list(argument, at).some((inner) => holds(inner, scope, at));
    default:
      throw new AssemblyError('UnknownIntrinsic', `${at}: '${name}' is no condition the local runtime knows`);
  }
}

function evaluate(value: unknown, scope: Scope, at: string): unknown {
  if (Array.isArray(value)) {
    return (value as unknown[]).map((item, index) => evaluate(item, scope, `${at}[${index}]`)).filter((item) => item !== NOTHING);
  }
  if (typeof value === 'string') return dynamic(value, scope, at);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const [name = '', argument] = entries[0] ?? [];
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    const intrinsic = INTRINSICS[name];
    if (intrinsic === undefined)
      throw new AssemblyError('UnknownIntrinsic', `${at}: '${name}' is not known to the local runtime`);
    return intrinsic(argument, scope, at);
  }
  return Object.fromEntries(
    entries.map(([key, member]) => [key, evaluate(member, scope, `${at}.${key}`)]).filter(([, member]) => member !== NOTHING),
  );
}

const dynamic = (whole: string, scope: Scope, at: string): string => scope.dynamic?.(whole, at) ?? whole;

function known(value: unknown, name: string, at: string): unknown {
  if (value === undefined) throw new AssemblyError('UnresolvedReference', `${at}: ${name} stands for nothing`);
  return value;
}

function list(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new AssemblyError('UnresolvedReference', `${at}: a list was expected`);
}

function texts(value: readonly unknown[], at: string): string[] {
  return value.map((item) => text(item, at));
}

function text(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new AssemblyError('UnresolvedReference', `${at}: a text was expected`);
}
