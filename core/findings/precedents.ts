import { domainSegmentOf, environmentOf } from '../naming.ts';
import { isOfAction, goneKindOf, kindOf, ruleOf, subjectOf, type Finding, type Kind } from './finding.ts';
import { claimsOf, type Claim, type Decision, type Ledger } from './ledger.ts';
import { keyOf } from './match-ledger.ts';
import { shapeOf } from './shape.ts';

/** Which decisions answer for a finding on another resource of the same kind. */
export interface Precedents {
  /** Those that hold for the same rule on the same kind of resource, in the same environment or else in the one that it is like, of the same shape. */
  readonly covering: (finding: Finding) => readonly Decision[];
  /** Those that hold for the same rule on the same kind of resource, whatever was found there, and wherever. */
  readonly near: (finding: Finding) => readonly Decision[];
}

interface Precedent {
  readonly near: string;
  readonly covering: string;
  /** @default - the resource is gone, and nobody knows its type */
  readonly type?: string;
  readonly decision: Decision;
}

/** Environments, each with the one whose decisions hold in it too: somebody says so. */
export type Likeness = ReadonlyMap<string, string>;

/**
 * What the decisions of a ledger have answered for. A place that is gone counts as much as one that stands: somebody gave its reason, and it is gone
 * because its dataset or its domain is. An action that a wildcard allows has no precedent.
 *
 * @param datasets Names of the platform's datasets
 */
export function precedentsOf(
  ledger: Ledger,
  findings: readonly Finding[],
  datasets: readonly string[],
  likeness: Likeness = new Map(),
): Precedents {
  const claims = claimsOf(ledger);
  const domains = new Set([...claims, ...findings].flatMap(({ stack }) => domainSegmentOf(stack) ?? []));
  const found = new Map(findings.map((finding) => [keyOf(finding), finding]));
  const kinds = kindsBySubject(findings, datasets);
  const keysOf = ({ id, stack }: Pick<Finding, 'id' | 'stack'>, { name, dataset }: Kind) => {
    const own = domainSegmentOf(stack);
    const shape = shapeOf(id.slice(ruleOf(id).length), { domains: own === undefined ? domains : new Set([own]), dataset });
    const near = [subjectOf(id), name];
    return { near: JSON.stringify(near), covering: JSON.stringify([...near, environmentOf(stack), shape]) };
  };
  const precedentOf = (claim: Claim): Precedent => {
    const { decision } = claim;
    const standing = found.get(keyOf(claim));
    return standing === undefined
      ? { ...keysOf(claim, goneKindOf(claim.resource, kinds.get(subjectOf(claim.id)) ?? [])), decision }
      : { ...keysOf(claim, kindOf(claim.resource, datasets)), type: standing.type, decision };
  };
  const precedents = claims
    .filter(({ decision }) => decision.reason.trim() !== '') // where nobody has said why, nothing is answered
    .map(precedentOf);
  const answering = (
    finding: Finding,
    by: 'near' | 'covering',
    as: Pick<Finding, 'id' | 'stack'> = finding,
  ): readonly Decision[] => {
    if (isOfAction(finding.id)) return [];
    const key = keysOf(as, kindOf(finding.resource, datasets))[by];
    return [
      ...new Set(
        precedents
          .filter(({ [by]: of, type }) => of === key && (type === undefined || type === finding.type))
          .map(({ decision }) => decision),
      ),
    ];
  };
  const covering = (finding: Finding): readonly Decision[] => {
    const own = answering(finding, 'covering');
    const as = own.length > 0 ? undefined : elsewhere(finding, likeness);
    return as === undefined ? own : answering(finding, 'covering', as);
  };
  return { covering, near: (finding) => answering(finding, 'near') };
}

/**
 * A finding as it would be in the environment that its own is like: roles' paths, databases and names hold the environment's. One that names that
 * other already reaches into it: nobody decided so.
 */
function elsewhere({ id, stack }: Finding, likeness: Likeness): Pick<Finding, 'id' | 'stack'> | undefined {
  const environment = environmentOf(stack);
  const like = environment === undefined ? undefined : likeness.get(environment);
  if (environment === undefined || like === undefined) return undefined;
  const named = (name: string): RegExp => new RegExp(`(headwaters[-_/])${name}(?=[-_/])`, 'gi');
  if (named(like).test(id)) return undefined;
  const own = named(environment);
  return { id: id.replace(own, `$1${like}`), stack: stack.replace(own, `$1${like}`) };
}

/** The kinds of resource on which each rule finds something. */
function kindsBySubject(findings: readonly Finding[], datasets: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const kinds = new Map<string, Set<string>>();
  for (const { id, resource } of findings) {
    const subject = subjectOf(id);
    kinds.set(subject, (kinds.get(subject) ?? new Set()).add(kindOf(resource, datasets).name));
  }
  return new Map([...kinds].map(([subject, names]) => [subject, [...names]]));
}
