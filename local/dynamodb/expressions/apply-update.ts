import { invalid } from '../errors.ts';
import { attribute, membersOf, setOf, typeOf, type AttributeValue, type Item } from '../values/attribute-value.ts';
import { add } from '../values/number.ts';
import { valueAt, type Path } from './path.ts';
import type { Action, UpdateOperand } from './update.ts';

const WRONG_TYPE = 'An operand in the update expression has an incorrect data type';
const NO_PATH = 'The document path provided in the update expression is invalid for update';
const NO_ATTRIBUTE = 'The provided expression refers to an attribute that does not exist in the item';

/** What one action makes of the value at its path; undefined takes it away. */
interface Change {
  readonly path: Path;
  readonly value: AttributeValue | undefined;
}

/**
 * The item that an update makes of another: every operand is that of the item before it.
 *
 * @throws ServiceError ValidationException
 */
export function applyUpdate(item: Item, actions: readonly Action[]): Item {
  const changes = actions.flatMap((action) => changeOf(action, item));
  const set = changes.filter(({ value }) => value !== undefined).sort(byPath);
  const removed = changes.filter(({ value }) => value === undefined).sort((one, other) => byPath(other, one)); // from the end: what stands before keeps its place
  return [...set, ...removed].reduce((changed, { path, value }) => {
    const { M: after } = put({ M: changed }, path, value) as { readonly M: Item };
    return after;
  }, item);
}

function changeOf(action: Action, item: Item): readonly Change[] {
  const { path } = action;
  if (action.kind === 'remove') return [{ path, value: undefined }];
  if (action.kind === 'set') return [{ path, value: resolve(action.operand, item) }];
  const before = valueAt(item, path);
  if (action.kind === 'add') return [{ path, value: added(before, action.value) }];
  return before === undefined ? [] : [{ path, value: without(before, action.value) }];
}

function resolve(operand: UpdateOperand, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'value':
      return operand.value;
    case 'path': {
      const value = valueAt(item, operand.path);
      if (value === undefined) throw invalid(NO_ATTRIBUTE);
      return value;
    }
    case 'if_not_exists':
      return valueAt(item, operand.path) ?? resolve(operand.otherwise, item);
    case 'list_append': {
      const [left, right] = [resolve(operand.left, item), resolve(operand.right, item)];
      if (!('L' in left && 'L' in right)) throw invalid(WRONG_TYPE);
      return { L: [...left.L, ...right.L] };
    }
    case 'sum': {
      const [left, right] = [resolve(operand.left, item), resolve(operand.right, item)];
      if (!('N' in left && 'N' in right)) throw invalid(WRONG_TYPE);
      return { N: add(left.N, right.N, operand.sign) };
    }
  }
}

function added(before: AttributeValue | undefined, value: AttributeValue): AttributeValue {
  if (before === undefined) return value;
  if (typeOf(before) !== typeOf(value)) throw invalid(WRONG_TYPE);
  if ('N' in before && 'N' in value) return { N: add(before.N, value.N) };
  const [old, more] = [membersOf(before), membersOf(value)];
  if (old === undefined || more === undefined) throw invalid(WRONG_TYPE);
  return setOf(old.type, [...new Set([...old.members, ...more.members])]);
}

/** A set that has lost all its members is gone. */
function without(before: AttributeValue, value: AttributeValue): AttributeValue | undefined {
  const [old, less] = [membersOf(before), membersOf(value)];
  if (old === undefined || less === undefined || old.type !== less.type) throw invalid(WRONG_TYPE);
  const members = old.members.filter((member) => !less.members.includes(member));
  return members.length === 0 ? undefined : setOf(old.type, members);
}

/** A map or a list with another value at a path. */
function put(
  parent: AttributeValue | undefined,
  path: readonly (string | number)[],
  value: AttributeValue | undefined,
): AttributeValue {
  const [first, ...rest] = path;
  if (parent !== undefined && 'M' in parent && typeof first === 'string') {
    const member = rest.length === 0 ? value : put(attribute(parent.M, first), rest, value);
    if (member !== undefined) return { M: { ...parent.M, [first]: member } };
    return { M: Object.fromEntries(Object.entries(parent.M).filter(([name]) => name !== first)) };
  }
  if (parent !== undefined && 'L' in parent && typeof first === 'number') {
    const member = rest.length === 0 ? value : put(parent.L[first], rest, value);
    if (member === undefined) return { L: parent.L.filter((_, index) => index !== first) };
    return { L: first < parent.L.length ? parent.L.with(first, member) : [...parent.L, member] };
  }
  throw invalid(NO_PATH);
}

function byPath({ path: one }: Change, { path: other }: Change): number {
  for (const [place, part] of one.entries()) {
    const facing = other[place];
    if (facing === undefined) return 1;
    if (part === facing) continue;
    return part < facing ? -1 : 1;
  }
  return 0;
}
