import type { DocumentPath, Fault } from '../fault.ts';
import type { Column, Relationship } from '../model.ts';
import type { OdcsSchemaObject } from '../odcs/odcs-shape.ts';
import { nameOneOf } from '../../suggest.ts';

/** `dataset.column`, of the same domain; or `…/<domain>/<product>.odcs.yaml#/schema/<dataset>/properties/<column>`. */
const SHORT = /^([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)$/;
const FULL =
  /^(?:(?:(?:https?:\/\/)?[A-Za-z0-9._/-]*\/)?([a-z][a-z0-9_]*)\/[A-Za-z0-9._-]+\.yaml#)?\/?schema\/([A-Za-z0-9_-]+)\/properties\/([A-Za-z0-9_-]+)$/;

interface Reference {
  readonly domain: string;
  readonly dataset: string;
  readonly column: string;
}

function readReference(text: string, domain: string): Reference | undefined {
  const short = SHORT.exec(text);
  if (short !== null) return { domain, dataset: short[1] ?? '', column: short[2] ?? '' };
  const full = FULL.exec(text);
  return full === null ? undefined : { domain: full[1] ?? domain, dataset: full[2] ?? '', column: full[3] ?? '' };
}

/** Three names are what SQL would write; here a domain is named by the path of its file. */
function remedyOf(text: string, domain: string): string {
  const [first = '', dataset = '', column = '', ...more] = text.split('.');
  const areNames = [first, dataset, column].every((name) => /^[A-Za-z_]\w*$/.test(name));
  if (!areNames || more.length > 0) return 'mend it';
  return first === domain
    ? `write '${dataset}.${column}'`
    : `write '${first}/<product>.odcs.yaml#/schema/${dataset}/properties/${column}'`;
}

/** The relationships that columns state, and those that the dataset states for several columns together. */
export function parseRelationships(
  domain: string,
  schema: OdcsSchemaObject,
  columns: readonly Column[],
  path: DocumentPath,
  faults: Fault[],
): Relationship[] {
  const read = (text: string, at: DocumentPath): Reference | undefined => {
    const reference = readReference(text, domain);
    if (reference === undefined)
      faults.push({
        code: 'InvalidReference',
        path: at,
        message: `must be 'dataset.column' of this domain, or 'domain/product.odcs.yaml#/schema/dataset/properties/column' of another, got '${text}'; ${remedyOf(text, domain)}`,
      });
    return reference;
  };
  const build = (from: readonly string[], to: string | readonly string[], at: DocumentPath): Relationship[] => {
    const texts = typeof to === 'string' ? [to] : to;
    if (texts.length === 0 || texts.length !== from.length) {
      faults.push({
        code: 'InvalidReference',
        path: [...at, 'to'],
        message: `must name as many columns as refer to them, got ${texts.length} for ${from.length}; pair them`,
      });
      return [];
    }
    const targets = texts.flatMap((text) => read(text, [...at, 'to']) ?? []);
    const [first] = targets;
    if (first === undefined || targets.length < texts.length) return [];
    if (targets.some(({ domain: other, dataset }) => other !== first.domain || dataset !== first.dataset)) {
      faults.push({
        code: 'InvalidReference',
        path: [...at, 'to'],
        message: 'must name columns of one dataset; state a relationship for each',
      });
      return [];
    }
    const isItself = first.domain === domain && first.dataset === schema.name;
    if (isItself && targets.every(({ column }, place) => column === from[place])) {
      faults.push({
        code: 'InvalidReference',
        path: [...at, 'to'],
        message: `must refer to another column, got '${schema.name}.${first.column}', which refers to itself; mend it, or take it away`,
      });
      return [];
    }
    return [
      { columns: from, to: { domain: first.domain, dataset: first.dataset, columns: targets.map(({ column }) => column) } },
    ];
  };

  const names = new Set(columns.map(({ name }) => name));
  const ofColumns = schema.properties.flatMap(({ name, relationships }, index) =>
    (relationships ?? []).flatMap(({ to }, place) => build([name], to, [...path, 'properties', index, 'relationships', place])),
  );
  const ofDataset = (schema.relationships ?? []).flatMap(({ from, to }, index) => {
    const at = [...path, 'relationships', index];
    const own = (typeof from === 'string' ? [from] : from).flatMap((text) => read(text, [...at, 'from']) ?? []);
    const strange = own.find(({ dataset, column }) => dataset !== schema.name || !names.has(column));
    if (strange !== undefined) {
      faults.push({
        code: 'InvalidReference',
        path: [...at, 'from'],
        message: `must name columns of '${schema.name}', got '${strange.dataset}.${strange.column}'; ${nameOneOf([...names])}`,
      });
      return [];
    }
    return build(
      own.map(({ column }) => column),
      to,
      at,
    );
  });
  return [...ofColumns, ...ofDataset];
}
