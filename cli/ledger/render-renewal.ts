import { counted } from '../../core/counted.ts';
import { unreasoned } from '../../core/findings/list-findings.ts';
import type { Day, Place } from '../../core/findings/ledger.ts';
import { textOfDecisions } from '../../core/findings/ledger-text.ts';
import { isRenewed, type DecisionRenewal, type Lack, type Renewal, type Uncovered } from '../../core/findings/plan-renewal.ts';
import { hang } from './hang.ts';

/** A renewal for people: each decision whose places change, and what no decision answers for, as entries that want a reason. */
export function formatRenewal(renewal: Renewal, day: Day): string {
  if (isRenewed(renewal)) return 'The ledger says exactly what is found.';
  const { decisions, uncovered, unjudged } = renewal;
  return [
    ...changedIn(decisions).map(sayDecision),
    ...uncovered.map((one) => sayUncovered(one, day)),
    ...unjudged.map(
      ({ stack, resource, id, says }) => `${stack}/${resource}: ${id} could not be judged: ${says}; mend the resource`,
    ),
    sayCounts(renewal),
  ].join('\n\n');
}

/** A renewal for programs: the same. */
export const renewalRows = (renewal: Renewal) => ({
  isRenewed: isRenewed(renewal),
  decisions: changedIn(renewal.decisions).map(({ decision: { rule, reason, owner }, places, added, gone }) => ({
    rule,
    reason,
    owner,
    isDropped: places.length === 0,
    added,
    gone,
  })),
  uncovered: renewal.uncovered.map(({ near, ...one }) => ({ ...one, near: near.map(({ reason }) => reason) })),
  unjudged: renewal.unjudged,
});

const changedIn = (decisions: readonly DecisionRenewal[]): readonly DecisionRenewal[] =>
  decisions.filter(({ added, gone }) => added.length + gone.length > 0);

const sayDecision = ({ decision: { rule, reason }, places, added, gone }: DecisionRenewal): string =>
  [
    `${rule}: ${places.length === 0 ? 'no place is left: the decision goes, and its reason with it' : `${counted(added.length, 'new place')}, ${gone.length} gone`}`,
    hang('  ', reason.trim()),
    ...added.map((place) => sayPlace('+', place, true)),
    ...gone.map((place) => sayPlace('-', place, isPartly(place, places))),
  ].join('\n');

/** The rule stands above; what a policy allows is what a reason must hold for. */
const sayPlace = (sign: '+' | '-', { resource, stacks, findings }: Place, isExact: boolean): string =>
  [
    hang(`  ${sign} ${resource} in `, stacks.join(', ')),
    ...(isExact ? findings.filter((id) => id.includes('[')).map((id) => `      ${id}`) : []),
  ].join('\n');

/** Whether something is still found, or found anew, where this is gone. */
const isPartly = ({ resource, stacks }: Place, places: readonly Place[]): boolean =>
  places.some((place) => place.resource === resource && place.stacks.some((stack) => stacks.includes(stack)));

const LACKS: Readonly<Record<Lack, string>> = {
  undecided: 'nobody has decided on this rule on such a resource',
  other: 'decided for such a resource, and not for this: another environment, or a policy of another shape',
  several: 'several decisions would answer: move the places below the one that holds',
  action: 'no decision may except an action that a wildcard allows: write the actions out',
};

const sayUncovered = ({ rule, lack, places, near }: Uncovered, day: Day): string =>
  [
    commented(`${rule}: ${LACKS[lack]}`),
    ...near.map(({ reason }) => commented(`decided: ${reason.trim()}`)),
    ...(lack === 'action'
      ? places.map((place) => sayPlace('+', place, true))
      : [
          textOfDecisions([unreasoned(places, day)])
            .trimEnd()
            .replaceAll(/^/gm, '  '),
        ]),
  ].join('\n');

const commented = (text: string): string => hang('', text).replaceAll(/^/gm, '# ');

function sayCounts({ decisions, uncovered, unjudged }: Renewal): string {
  const of = (key: 'added' | 'gone') => decisions.reduce((sum, renewal) => sum + renewal[key].length, 0);
  const dropped = changedIn(decisions).filter(({ places }) => places.length === 0).length;
  const lacking = uncovered.reduce((sum, { places }) => sum + places.length, 0) + unjudged.length;
  return [
    `${counted(of('added'), 'new place')} under ${counted(decisions.filter(({ added }) => added.length > 0).length, 'decision')}, ${of('gone')} gone`,
    ...(dropped === 0 ? [] : [`${counted(dropped, 'decision')} without a place`]),
    ...(lacking === 0 ? [] : [`${counted(lacking, 'place')} for which no decision answers`]),
  ].join('; ');
}
