import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';

/** The standard's own JSON Schema and examples, which are not copied into this repository. */
const FOLDER = '../shared/odcs';
export const OFFICIAL_SCHEMA = path.join(FOLDER, 'odcs-json-schema-v3.1.0.json');
export const OFFICIAL_EXAMPLES = path.join(FOLDER, 'examples');

const isPresent = existsSync(OFFICIAL_SCHEMA);
if (!isPresent) console.warn(`NOT RUN: the official ODCS JSON Schema is not at ${path.resolve(OFFICIAL_SCHEMA)}`);

/** A test that runs where the standard is beside the repository; elsewhere it counts as skipped, and stderr says so. */
export const whenOfficial = isPresent ? test : test.skip;

export const officialExamples: readonly string[] = isPresent ? readdirSync(OFFICIAL_EXAMPLES).sort() : [];

/** What the standard's own schema finds wrong with a document. */
export const officialProblems: (document: unknown) => string[] = isPresent ? validator() : () => [];

function validator(): (document: unknown) => string[] {
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(OFFICIAL_SCHEMA, 'utf8')) as object);
  return (document) =>
    validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
