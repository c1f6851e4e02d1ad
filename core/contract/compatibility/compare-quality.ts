import type { DatasetContract, QualityRule } from '../model.ts';
import { same } from './canonical.ts';
import { additive, breaking, metadata, type Change } from './change.ts';
import { isListOfColumn } from './list-of-column.ts';
import { demandMoved, isHeldAtTheDoor } from './quality-demand.ts';
import { unmatched } from './unmatched.ts';
import { shown } from './words.ts';

/** The rules about data at rest. */
export function compareQuality(before: DatasetContract, after: DatasetContract): readonly Change[] {
  const path = after.name;
  const { gone, come } = unmatched(before.quality, after.quality);
  if (gone.length + come.length === 0)
    return same(before.quality, after.quality)
      ? []
      : [metadata('QualityRulesReordered', path, 'the same rules are listed in another order')];
  const { pairs, removed, added } = pairUp(gone, come);
  return [
    ...pairs.flatMap(([one, other]) =>
      isListOfColumn(one, before.columns) && isListOfColumn(other, after.columns)
        ? compareRule({ ...one, values: other.values }, other, pathOf(other, path))
        : compareRule(one, other, pathOf(other, path)),
    ),
    ...removed.map((rule) => taken(rule, pathOf(rule, path))),
    ...added.map((rule) => given(rule, pathOf(rule, path))),
  ];
}

const pathOf = ({ column }: QualityRule, path: string): string => (column === undefined ? path : `${path}.${column}`);

const said = (rule: QualityRule): string => {
  const about = rule.kind === 'library' ? `${rule.kind} rule ${rule.metric}` : `${rule.kind} rule`;
  return rule.name === undefined ? `the ${about}` : `the ${about} ${shown(rule.name)}`;
};

/** A rule keeps its name, or else what it measures and of which column. */
function pairUp(gone: readonly QualityRule[], come: readonly QualityRule[]) {
  const added = [...come];
  const pairs: (readonly [QualityRule, QualityRule])[] = [];
  let removed = gone;
  for (const identity of [{ named: true }, { named: false }]) {
    removed = removed.filter((rule) => {
      const found = added.findIndex((other) => same(identityOf(rule, identity.named), identityOf(other, identity.named)));
      const [match] = found < 0 ? [] : added.splice(found, 1);
      if (match !== undefined) pairs.push([rule, match]);
      return match === undefined;
    });
  }
  return { pairs, removed, added };
}

const identityOf = (rule: QualityRule, named: boolean) => [
  rule.kind,
  rule.column,
  rule.kind === 'library' ? rule.metric : undefined,
  named ? rule.name : undefined,
];

const withoutWords = ({
  name: _name,
  description: _description,
  dimension: _dimension,
  severity: _severity,
  ...held
}: QualityRule) => held;

function compareRule(before: QualityRule, after: QualityRule, path: string): readonly Change[] {
  if (same(before, after)) return [];
  const words = said(after);
  const { tighter, looser } = same(withoutWords(before), withoutWords(after))
    ? { tighter: false, looser: false }
    : demandMoved(before, after);
  if (!tighter && !looser)
    return [metadata('QualityRuleRestated', path, `${words} demands the same in other words, or other words are said about it`)];
  return [...(tighter ? [tightened(after, path)] : []), ...(looser ? [loosened(after, path)] : [])];
}

const tightened = (rule: QualityRule, path: string): Change =>
  isHeldAtTheDoor(rule)
    ? breaking(
        'QualityRuleTightened',
        path,
        ['producers'],
        `${said(rule)} demands more: events that were accepted are refused`,
        'agree on a day with the producers',
      )
    : additive('QualityRuleTightened', path, `${said(rule)} demands more`, 'see that what is stored holds to it');

/** A promise taken back. Values of a column are the exception, as they are where the column itself lets in more. */
const loosened = (rule: QualityRule, path: string): Change =>
  rule.kind === 'library' && rule.metric === 'invalidValues'
    ? additive(
        'QualityRuleLoosened',
        path,
        `${said(rule)} demands less: more values are lawful`,
        'tell readers which values they may now meet',
      )
    : breaking(
        'QualityRuleLoosened',
        path,
        ['readers'],
        `${said(rule)} demands less: readers count on more`,
        'agree on it with the readers',
      );

function taken(rule: QualityRule, path: string): Change {
  const words = `${said(rule)} is gone`;
  if (rule.kind === 'text') return metadata('QualityRuleRemoved', path, `${words}: only people read it`);
  return rule.kind === 'library' && rule.metric === 'invalidValues'
    ? additive('QualityRuleRemoved', path, `${words}: any value is lawful`, 'tell readers which values they may now meet')
    : breaking('QualityRuleRemoved', path, ['readers'], `${words}: readers count on it`, 'agree on it with the readers');
}

function given(rule: QualityRule, path: string): Change {
  const words = `${said(rule)} is new`;
  if (rule.kind === 'text') return metadata('QualityRuleAdded', path, `${words}: only people read it`);
  return isHeldAtTheDoor(rule)
    ? breaking(
        'QualityRuleAdded',
        path,
        ['producers'],
        `${words}: events that were accepted are refused`,
        'agree on a day with the producers',
      )
    : additive('QualityRuleAdded', path, words, 'see that what is stored holds to it');
}
