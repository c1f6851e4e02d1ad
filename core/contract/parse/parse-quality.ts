import type { DocumentPath, Fault } from '../fault.ts';
import { OPERATORS, type ColumnType, type Comparison, type QualityRule } from '../model.ts';
import type { OdcsItems, OdcsProperty, OdcsQuality, OdcsSchemaObject } from '../odcs/odcs-shape.ts';
import { didYouMean } from '../../suggest.ts';

/** Every quality rule of a dataset, those of its columns with the column they are about. */
export function parseQuality(schema: OdcsSchemaObject, path: DocumentPath, faults: Fault[]): QualityRule[] {
  const own = (schema.quality ?? []).map((rule, index) => parseRule(rule, undefined, [...path, 'quality', index], faults));
  const ofColumns = (properties: readonly OdcsProperty[], above: string, at: DocumentPath): QualityRule[] =>
    properties.flatMap((property, index) => {
      const column = above === '' ? property.name : `${above}.${property.name}`;
      return ofColumn(property, column, [...at, index]);
    });
  const ofColumn = (property: OdcsProperty | OdcsItems, column: string, at: DocumentPath): QualityRule[] => [
    ...(property.quality ?? []).map((rule, index) => parseRule(rule, column, [...at, 'quality', index], faults)),
    ...ofColumns(property.properties ?? [], column, [...at, 'properties']),
    ...(property.items === undefined ? [] : ofColumn(property.items, `${column}[]`, [...at, 'items'])),
  ];
  return [...own, ...ofColumns(schema.properties, '', [...path, 'properties'])];
}

function parseRule(rule: OdcsQuality, column: string | undefined, path: DocumentPath, faults: Fault[]): QualityRule {
  const common = {
    ...(rule.name === undefined ? {} : { name: rule.name }),
    ...(rule.description === undefined ? {} : { description: rule.description }),
    ...(rule.dimension === undefined ? {} : { dimension: rule.dimension }),
    ...(rule.severity === undefined ? {} : { severity: rule.severity }),
    ...(column === undefined ? {} : { column }),
  };
  if (rule.metric !== undefined) {
    checkMetric(rule, column, path, faults);
    const pattern = rule.arguments?.pattern;
    return {
      ...common,
      kind: 'library',
      metric: rule.metric,
      values: argumentValues(rule),
      ...(typeof pattern === 'string' ? { pattern } : {}),
      comparison: comparison(rule, path, faults),
    };
  }
  if (rule.type === 'sql') return { ...common, kind: 'sql', query: rule.query ?? '', comparison: comparison(rule, path, faults) };
  if (rule.type === 'custom') return { ...common, kind: 'custom', engine: rule.engine ?? '' };
  if (rule.description === undefined)
    faults.push({
      code: 'RuleSaysNothing',
      path,
      message: "must say what it demands; add a 'description', or a metric, a query or an engine with its type",
    });
  return { ...common, kind: 'text' };
}

/** What each metric of the library takes; another argument would be a rule that nobody holds. */
const ARGUMENTS: Readonly<Record<NonNullable<OdcsQuality['metric']>, readonly string[]>> = {
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern'],
  duplicateValues: ['properties'],
  rowCount: [],
};

/** Arguments of which a metric needs one: without them it counts nothing that anybody could name. */
const NEEDED: Partial<Record<NonNullable<OdcsQuality['metric']>, readonly string[]>> = {
  missingValues: ARGUMENTS.missingValues,
  invalidValues: ARGUMENTS.invalidValues,
};

function checkMetric(rule: OdcsQuality, column: string | undefined, path: DocumentPath, faults: Fault[]): void {
  const metric = rule.metric ?? 'rowCount';
  const given = Object.keys(rule.arguments ?? {});
  for (const name of given.filter((key) => !ARGUMENTS[metric].includes(key)))
    faults.push({
      code: 'UnknownArgument',
      path: [...path, 'arguments', name],
      message:
        ARGUMENTS[metric].length === 0
          ? `must not be stated: '${metric}' takes no arguments; leave it out`
          : `must be ${ARGUMENTS[metric].join(' or ')} for '${metric}', got '${name}'${didYouMean(name, ARGUMENTS[metric]) || '; mend its name'}`,
      atKey: true,
    });
  const needed = NEEDED[metric] ?? [];
  const isMisnamed = given.some((name) => !ARGUMENTS[metric].includes(name));
  if (needed.length > 0 && !isMisnamed && !needed.some((name) => given.includes(name)))
    faults.push({
      code: 'ArgumentMissing',
      path: [...path, 'metric'],
      message: `must say which values it counts, got '${metric}' without ${needed.join(' or ')}; add 'arguments' with ${needed.map((name) => `'${name}'`).join(' or ')}`,
    });
  const isOfDataset = metric === 'rowCount' || (metric === 'duplicateValues' && given.includes('properties'));
  if (isOfDataset && column !== undefined)
    faults.push({
      code: 'MetricMisplaced',
      path: [...path, 'metric'],
      message: `must be of one column here, got '${metric}', which counts rows of the dataset; move the rule to the dataset`,
    });
  if (!isOfDataset && column === undefined)
    faults.push({
      code: 'MetricMisplaced',
      path: [...path, 'metric'],
      message: `must be of the whole dataset here, got '${metric}', which measures a column; move the rule to the column`,
    });
}

function argumentValues(rule: OdcsQuality): string[] {
  const { validValues, missingValues, properties } = rule.arguments ?? {};
  const list: unknown = validValues ?? missingValues ?? properties;
  return Array.isArray(list) ? list.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))) : [];
}

function comparison(rule: OdcsQuality, path: DocumentPath, faults: Fault[]): Comparison {
  const operator = OPERATORS.find((name) => rule[name] !== undefined) ?? 'mustBe';
  const given: unknown = rule[operator];
  const values = (Array.isArray(given) ? (given as unknown[]) : [given]).map((value) =>
    typeof value === 'string' ? value : JSON.stringify(value),
  );
  if (operator.endsWith('Between') && Number(values[0]) >= Number(values[1]))
    faults.push({
      code: 'EmptyRange',
      path: [...path, operator],
      message: `must hold the smaller number first, got ${values.join(', ')}; turn them around`,
    });
  const unit = rule.unit ?? 'rows';
  if (unit !== 'rows' && unit !== 'percent')
    faults.push({ code: 'UnknownUnit', path: [...path, 'unit'], message: `must be rows or percent, got '${unit}'; choose one` });
  return { operator, values, unit: unit === 'percent' ? 'percent' : 'rows' };
}

/** The closed list of a column: ODCS says it as the quality rule `invalidValues` that must be 0, with `validValues`. */
export function readValidValues(
  property: OdcsProperty | OdcsItems,
  path: DocumentPath,
  type: ColumnType,
  faults: Fault[],
): readonly string[] | undefined {
  const lists = (property.quality ?? []).flatMap(({ metric, arguments: given, mustBe }, place) =>
    metric === 'invalidValues' && mustBe === 0 && given?.validValues !== undefined ? [{ place, values: given.validValues }] : [],
  );
  const placeOf = (place: number): DocumentPath => [...path, 'quality', place, 'arguments', 'validValues'];
  for (const { place } of lists.slice(1))
    faults.push({
      code: 'ValidValuesTwice',
      path: placeOf(place),
      message: 'must be the only closed list of a column, got a second; make one list of the values that both allow',
    });
  const [first] = lists;
  if (first === undefined) return undefined;
  const { place, values } = first;
  const message = closedListFault(values, type, property.logicalType);
  if (message !== undefined) {
    faults.push({ code: 'InvalidValidValues', path: placeOf(place), message });
    return undefined;
  }
  return values as readonly string[];
}

/** Why values are no closed list; undefined for a list of different texts. */
function closedListFault(values: unknown, type: ColumnType, logicalType: string): string | undefined {
  if (type.kind !== 'string') return `must stand on a column of type string, got ${logicalType}; hold its values by bounds`;
  if (!Array.isArray(values) || values.length === 0)
    return `must be a list of texts, got ${JSON.stringify(values)}; list the values`;
  const other: unknown = values.find((value) => typeof value !== 'string');
  if (other !== undefined) return `must be a list of texts, got ${JSON.stringify(other)} among them; put it in quotes`;
  const twice = (values as readonly string[]).find((value, place) => values.indexOf(value) < place);
  return twice === undefined ? undefined : `must be a list of different texts, got '${twice}' twice; keep one`;
}
