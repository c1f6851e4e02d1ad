import { isRecord } from '../../input.ts';
import { Fault } from './fault.ts';
import { compileIntrinsic, isIntrinsic } from './intrinsic.ts';
import { PathError, PathFault, Query, type Scope } from './query.ts';

/** What a template, a path or an intrinsic function comes to. @throws Fault */
export type Compiled = (scope: Scope) => unknown;

const SUFFIX = '.$';

/**
 * Compiles a payload template: members whose names end in `.$` are paths or intrinsic functions, and all else stands for itself.
 *
 * @throws PathFault
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-inputpath-params.html
 */
export function compileTemplate(template: unknown): Compiled {
  if (Array.isArray(template)) {
    const items = template.map(compileTemplate);
    return (scope) => items.map((item) => item(scope));
  }
  if (!isRecord(template)) return () => template;
  const twice = Object.keys(template).find((name) => Object.hasOwn(template, `${name}${SUFFIX}`));
  if (twice !== undefined) throw new PathFault(`gives '${twice}' once, got '${twice}${SUFFIX}' too`);
  const members = Object.entries(template).map(([name, value]) =>
    name.endsWith(SUFFIX)
      ? ([name.slice(0, -SUFFIX.length), compileExpression(value, name)] as const)
      : ([name, compileTemplate(value)] as const),
  );
  return (scope) => Object.fromEntries(members.map(([name, member]) => [name, member(scope)]));
}

/** Compiles a path or an intrinsic function. @param field Its name in errors @throws PathFault */
export function compileExpression(expression: unknown, field: string): Compiled {
  const text = typeof expression === 'string' ? expression : JSON.stringify(expression);
  if (isIntrinsic(text)) return compileIntrinsic(text);
  const query = new Query(text);
  return (scope) => {
    try {
      return query.read(scope) ?? null;
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      if (!error.isAbsence) throw new Fault(error.message);
      const sought = query.soughtIn(scope);
      const where = sought === undefined ? '' : ` in the input '${JSON.stringify(sought)}'`;
      throw new Fault(`The JSONPath '${text}' specified for the field '${field}' could not be found${where}`);
    }
  };
}
