import type { Comparison, DatasetContract, QualityRule, ServiceLevels } from '../model.ts';

const OPERATORS: Readonly<Record<Comparison['operator'], string>> = {
  mustBe: 'must be',
  mustNotBe: 'must not be',
  mustBeGreaterThan: 'must be greater than',
  mustBeGreaterOrEqualTo: 'must be at least',
  mustBeLessThan: 'must be less than',
  mustBeLessOrEqualTo: 'must be at most',
  mustBeBetween: 'must be between',
  mustNotBeBetween: 'must not be between',
};

/** Rules about data at rest, a sentence each; the closed list of a column is held at the door, and left out. */
export const qualityInWords = (dataset: DatasetContract): string[] => [
  ...dataset.columns.filter(({ unique }) => unique).map(({ name }) => `${name}: no value twice`),
  ...dataset.quality.filter((rule) => !isHeldAtTheDoor(rule)).map((rule) => `${rule.column ?? dataset.name}: ${demand(rule)}`),
];

const isHeldAtTheDoor = (rule: QualityRule): boolean =>
  rule.kind === 'library' &&
  rule.metric === 'invalidValues' &&
  rule.values.length > 0 &&
  rule.comparison.operator === 'mustBe' &&
  rule.comparison.values[0] === '0';

function demand(rule: QualityRule): string {
  const said = [rule.name, rule.description].filter((part) => part !== undefined).join(': ');
  switch (rule.kind) {
    case 'library':
      return `${rule.metric}${rule.values.length === 0 ? '' : ` of ${rule.values.join(', ')}`} ${compared(rule.comparison)}${said === '' ? '' : ` (${said})`}`;
    case 'sql':
      return `what a query finds ${compared(rule.comparison)}${said === '' ? '' : ` (${said})`}`;
    case 'text':
      return said;
    case 'custom':
      return `a rule of ${rule.engine}${said === '' ? '' : ` (${said})`}`;
  }
}

const compared = ({ operator, values, unit }: Comparison): string =>
  `${OPERATORS[operator]} ${values.join(' and ')}${unit === 'percent' ? ' %' : ''}`;

/** What the contract promises its readers beside freshness and retention. */
export const promisesInWords = (levels: ServiceLevels): string[] => [
  ...(levels.frequencyMs === undefined ? [] : [`its source delivers every ${levels.frequencyMs / 1000} s`]),
  ...levels.timesOfAvailability.map((time) => `a day's data is there by ${time}`),
  ...(levels.generalAvailability === undefined ? [] : [`generally available from ${levels.generalAvailability}`]),
  ...(levels.endOfSupport === undefined ? [] : [`supported until ${levels.endOfSupport}`]),
  ...(levels.endOfLife === undefined ? [] : [`ends on ${levels.endOfLife}`]),
];
