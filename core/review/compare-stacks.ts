import { same } from '../contract/compatibility/canonical.ts';
import { environmentOf } from '../naming.ts';
import { knownAccounts } from './accounts.ts';
import { compareResources, type ResourceChange } from './compare-resources.ts';
import { bound, danger, type Danger } from './danger.ts';
import { judgeParts, unknownEffect, type Judge } from './rules/judge.ts';
import { RULES } from './rules/index.ts';
import { likelyStack, onlyIn } from './renamed.ts';
import type { Properties, Resource, StackTemplate, Templates } from '../aws/template.ts';
import { at, isObject, textOf } from './value.ts';

/** What changed of a stack beside its resources. */
export interface StackChange {
  readonly stack: string;
  readonly kind: 'added' | 'changed' | 'removed';
  readonly dangers: readonly Danger[];
  /** What it may have become. */
  readonly hint?: string;
}

export interface TemplateChanges {
  readonly stacks: readonly StackChange[];
  readonly resources: readonly ResourceChange[];
}

const EMPTY: StackTemplate = { resources: new Map(), outputs: {}, sections: {} };

/** Compares stacks by their names. */
export function compareStacks(before: Templates, after: Templates): TemplateChanges {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const accounts = knownAccounts(before, after);
  const come = onlyIn(after, before);
  const compared = names.map((stack) => {
    const [old, now] = [before.get(stack), after.get(stack)];
    if (now === undefined) return { stack: removedStack(stack, before, after), resources: [] };
    const dangers = old === undefined ? addedSections(now.sections) : judgeStack(old, now);
    const kind = old === undefined ? ('added' as const) : ('changed' as const);
    return {
      stack: { stack, kind, dangers },
      resources: compareResources(stack, old ?? EMPTY, now, { accounts, peers: peersOf(stack, before), come }),
    };
  });
  return {
    stacks: compared.map(({ stack }) => stack).filter(({ kind, dangers }) => kind !== 'changed' || dangers.length > 0),
    resources: compared.flatMap(({ resources }) => resources),
  };
}

/** All that the environment of a stack had. */
const peersOf = (stack: string, templates: Templates): readonly Resource[] =>
  [...templates]
    .filter(([other]) => other === stack || (environmentOf(other) !== undefined && environmentOf(other) === environmentOf(stack)))
    .flatMap(([, { resources }]) => [...resources.values()]);

/** A stack that the app no longer makes stays as it was deployed until somebody takes it down. */
function removedStack(stack: string, before: Templates, after: Templates): StackChange {
  const { resources, ...rest } = before.get(stack) ?? EMPTY;
  const stateful = [...resources.values()].filter(({ type }) => RULES[type]?.holds !== undefined).length;
  const says = `no template makes it any more: it stays as it is until it is taken down, with ${stateful} resources that hold something`;
  const successor = likelyStack(stack, before, after);
  return {
    stack,
    kind: 'removed',
    dangers: bound([danger('StackRemoved', says)], [[...resources], rest]),
    ...(successor === undefined ? {} : { hint: `renamed? ${stack} -> ${successor}` }),
  };
}

/** Entries that nothing refers to do nothing: what refers to them is a change of its own. */
const entries: Judge = (before, after, path, whole) => {
  const [old, now] = [before ?? {}, after ?? {}];
  if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, path, whole);
  return Object.keys(old)
    .filter((key) => key in now && !same(old[key], now[key]))
    .flatMap((key) => unknownEffect(old[key], now[key], `${path}.${key}`, whole));
};

const SECTIONS: Readonly<Record<string, Judge>> = {
  AWSTemplateFormatVersion: () => [],
  Description: () => [],
  Metadata: () => [],
  Rules: entries,
  Parameters: entries,
  Conditions: entries,
  Mappings: entries,
};

/** A transform makes another template of this one, which nobody has seen. */
const addedSections = ({ Transform }: Properties): readonly Danger[] =>
  Transform === undefined
    ? []
    : bound(unknownEffect(undefined, Transform, 'Transform', { before: {}, after: {} }), [undefined, Transform], 'Transform');

function judgeStack(before: StackTemplate, after: StackTemplate): readonly Danger[] {
  const whole = { before: before.sections, after: after.sections };
  return [
    ...(before.terminationProtection === true && after.terminationProtection === false
      ? bound([danger('TerminationProtectionOff', 'one call may delete the stack')], [true, false])
      : []),
    ...judgeParts(SECTIONS, before.sections, after.sections, '', whole),
    ...judgeExports(before.outputs, after.outputs),
  ];
}

/** Outputs that other stacks import, by the names under which they do. */
const exportsOf = (outputs: Properties): ReadonlyMap<string, unknown> =>
  new Map(
    Object.values(outputs).flatMap((output) => {
      const name = at(output, 'Export', 'Name');
      return name === undefined ? [] : [[textOf(name), at(output, 'Value')] as const];
    }),
  );

function judgeExports(before: Properties, after: Properties): readonly Danger[] {
  const [old, now] = [exportsOf(before), exportsOf(after)];
  return [...old].flatMap(([name, value]) =>
    !now.has(name)
      ? bound([danger('ExportRemoved', `the export '${name}' is gone: a stack that imports it stops the update`)], [name, value])
      : same(value, now.get(name))
        ? []
        : bound(
            [
              danger(
                'UnknownEffect',
                `the export '${name}' has another value: who imports it gets another resource, or stops the update`,
              ),
            ],
            [name, value, now.get(name)],
          ),
  );
}
