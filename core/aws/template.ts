import * as z from 'zod';
import { parseYamlTemplate } from './yaml-template.ts';

export type Properties = Readonly<Record<string, unknown>>;

/** A resource of a template: what it is told, and what CloudFormation is told about it. */
export interface Resource {
  readonly type: string;
  readonly properties: Properties;
  /** All else, such as `DeletionPolicy` and `DependsOn`. */
  readonly attributes: Properties;
}

/** What an assembly says of a stack, and a template alone does not. */
export interface Deployment {
  readonly terminationProtection?: boolean;
  /** Where it goes: `aws://<account>/<region>`, with `unknown-account` or `unknown-region` where the deployment decides. */
  readonly environment?: string;
}

export interface StackTemplate extends Deployment {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: Properties;
  /** `Parameters`, `Conditions`, `Mappings` and whatever else a template has. */
  readonly sections: Properties;
}

/** Templates by the names of their stacks. */
export type Templates = ReadonlyMap<string, StackTemplate>;

const record = z.record(z.string(), z.unknown());
const resourceShape = z.looseObject({ Type: z.string(), Properties: record.default({}) });
/** A stack may be empty; other JSON has none of these. */
const SECTIONS = ['AWSTemplateFormatVersion', 'Resources', 'Parameters', 'Rules', 'Outputs'];
const templateShape = record
  .refine((template) => SECTIONS.some((key) => key in template), 'it has no section of one')
  .pipe(z.looseObject({ Resources: z.record(z.string(), resourceShape).default({}), Outputs: record.default({}) }));

/** A Lambda version's logical id ends in a hash of the function: the same version resource, made anew. */
const VERSION_HASH = /(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g;

/** A template that is none. */
export class TemplateError extends Error {
  readonly code = 'NotATemplate';

  constructor(source: string, says: string) {
    super(`NotATemplate: '${source}' must be a CloudFormation template in JSON: ${says}; name a folder of templates`);
    this.name = 'TemplateError';
  }
}

/**
 * Reads a template's text, or what `aws cloudformation get-template` printed of it.
 *
 * @param source What messages call it
 * @param deployment What is known of the stack beside its template
 * @throws {@link TemplateError}
 */
export function readTemplate(text: string, source: string, deployment: Deployment = {}): StackTemplate {
  const read = templateShape.safeParse(unwrapped(parseJson(text.replaceAll(VERSION_HASH, '$1<version>'), source), source));
  if (!read.success) throw new TemplateError(source, read.error.issues[0]?.message ?? 'it is none');
  const { Resources, Outputs, ...sections } = read.data;
  return {
    resources: new Map(
      Object.entries(Resources).map(([id, { Type, Properties, ...attributes }]) => [
        id,
        { type: Type, properties: Properties, attributes: withoutTraces(attributes) },
      ]),
    ),
    outputs: Outputs,
    sections,
    ...deployment,
  };
}

/** What the CDK's command writes beside a resource for people who debug, and an app that runs without it does not. */
const TRACE = /^aws:(?:cdk|asset):/;

function withoutTraces({ Metadata, ...attributes }: Properties): Properties {
  if (typeof Metadata !== 'object' || Metadata === null) return Metadata === undefined ? attributes : { ...attributes, Metadata };
  const told = Object.entries(Metadata).filter(([key]) => !TRACE.test(key));
  return told.length === 0 ? attributes : { ...attributes, Metadata: Object.fromEntries(told) };
}

const BODY = 'TemplateBody';
const answerShape = z.looseObject({ [BODY]: z.unknown() });

/**
 * The template within an answer of `get-template`, which holds an object where it was written in JSON, and else its text.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/cloudformation/get-template.html
 */
function unwrapped(value: unknown, source: string): unknown {
  const read = answerShape.safeParse(value);
  if (!read.success || !(BODY in read.data)) return value;
  const { [BODY]: body } = read.data;
  return typeof body === 'string' ? parseBody(body, source) : body;
}

/** JSON is YAML too. */
function parseBody(text: string, source: string): unknown {
  try {
    return parseYamlTemplate(text);
  } catch (error) {
    const [first = 'it cannot be parsed'] = error instanceof Error ? error.message.split('\n') : [];
    throw new TemplateError(source, `its '${BODY}' must be a text of JSON or YAML: ${first}`);
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TemplateError(source, 'it cannot be parsed');
  }
}

/** What stands for an asset's hash where templates are committed without it. */
const MASK = '<asset>';
const ASSET_HASH = /[0-9a-f]{64}(?=\.(?:zip|json)|")/g;

/** Paths of properties in which an asset stands; such a hash anywhere else is a value like others. */
const ASSET_PLACES = ['Code.S3Key', 'Code.ImageUri', 'Content.S3Key', 'TemplateURL', 'SourceObjectKeys'];

const withoutHashes = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value).replaceAll(ASSET_HASH, MASK));

/** A resource's properties without the hashes of its code. */
export const withoutAssets = (properties: Properties, above = ''): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      const path = `${above}${name}`;
      if (ASSET_PLACES.includes(path)) return [name, withoutHashes(value)];
      const isAbove = ASSET_PLACES.some((place) => place.startsWith(`${path}.`));
      const parts = isAbove ? record.safeParse(value) : undefined;
      return [name, parts?.success === true ? withoutAssets(parts.data, `${path}.`) : value];
    }),
  );

export const hasMaskedAsset = (json: string): boolean => json.includes(MASK);
