/** One of the values that a template may give, and what must hold of its conditions for that. */
export interface Alternative {
  readonly value: unknown;
  /** `IsProd`, `not IsProd`, from the outermost; empty where it is always given. */
  readonly when: readonly string[];
}

/** Each value that stands in a list or in a branch of `Fn::If`; a branch of `AWS::NoValue` gives none. */
export function alternativesOf(value: unknown, when: readonly string[] = []): readonly Alternative[] {
  if (Array.isArray(value)) return value.flatMap((one) => alternativesOf(one, when));
  const branches = branchesOf(value);
  if (branches === undefined) return isNoValue(value) ? [] : [{ value, when }];
  const [condition, yes, no] = branches;
  return [...alternativesOf(yes, [...when, condition]), ...alternativesOf(no, [...when, `not ${condition}`])];
}

function branchesOf(value: unknown): readonly [condition: string, yes: unknown, no: unknown] | undefined {
  if (typeof value !== 'object' || value === null || !('Fn::If' in value) || !Array.isArray(value['Fn::If'])) return undefined;
  const [condition, yes, no, ...more] = value['Fn::If'] as readonly unknown[];
  return typeof condition === 'string' && no !== undefined && more.length === 0 ? [condition, yes, no] : undefined;
}

const isNoValue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'Ref' in value && value.Ref === 'AWS::NoValue';
