import { Members, ownOf } from '../input.ts';
import { latestOf } from '../ssm/parameter.ts';
import type { ParameterStore } from '../ssm/parameter-store.ts';
import { AssemblyError } from './assembly-error.ts';
import { brokenConstraint } from './parameter-constraints.ts';
import type { StackTemplate } from './read-assembly.ts';

const NAME = 'AWS::SSM::Parameter::Name';
const STORED = /^AWS::SSM::Parameter::Value<(.+)>$/;
const LIST = /^(List<[\w:]+>|CommaDelimitedList)$/;
/** What the CDK's bootstrapping leaves in an account; the rule of the template that reads it is not evaluated here. */
const BOOTSTRAP = /^\/cdk-bootstrap\/[^/]+\/version$/;

/** What a template is deployed with. */
export interface ParameterSources {
  /** Values of parameters: from who deploys, or from the stack that this one is nested in. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly store: Pick<ParameterStore, 'find'>;
  /** What helps where Parameter Store lacks something. */
  readonly help: (name: string) => string;
}

/**
 * What the parameters of a template stand for: what is given, or their defaults; or what Parameter Store holds under these as the deployment of the stack begins.
 * One that has neither stands for nothing.
 *
 * @throws AssemblyError `UnresolvedReference` for a name that Parameter Store does not hold, also of a parameter that nothing refers to; `ParameterInvalid`
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export function parameterValues(
  { name: stack, parameters }: Pick<StackTemplate, 'name' | 'parameters'>,
  { given, store, help }: ParameterSources,
): ReadonlyMap<string, unknown> {
  const declared = new Members(parameters);
  const strangers = Object.keys(given).filter((id) => !declared.has(id));
  if (strangers.length > 0) throw invalid(`${stack}: Parameters: [${strangers.join(', ')}] do not exist in the template`);
  return new Map(
    declared.names().map((id) => {
      const parameter = declared.object(id);
      const at = `${stack}.Parameters.${id}`;
      const [value, type] = [ownOf(given, id) ?? parameter.raw('Default'), parameter.optionalText('Type') ?? 'String'];
      const items = value === undefined ? [] : LIST.test(type) ? itemsOf(value) : [value];
      const broken = items.map((item) => brokenConstraint(parameter, type, item)).find((rule) => rule !== undefined);
      if (broken !== undefined) throw invalid(`${at}: Parameter '${id}' ${broken}`);
      const [, stored] = STORED.exec(type) ?? [];
      if (typeof value !== 'string' || (stored === undefined && type !== NAME) || BOOTSTRAP.test(value))
        return [id, LIST.test(type) && value !== undefined ? items : value];
      const found = store.find(value);
      if (found === undefined)
        throw unresolved(`${at}: Unable to fetch parameters [${value}] from parameter store for this account; ${help(value)}`);
      if (stored === undefined) return [id, value];
      const latest = latestOf(found);
      if (latest.type === 'SecureString')
        throw unresolved(`${at}: Parameters [${value}] referenced by template have types not supported by CloudFormation.`);
      return [id, LIST.test(stored) ? latest.value.split(',') : latest.value];
    }),
  );
}

/** A list is a text with commas; blanks around its items do not count. */
const itemsOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(String)
    : String(value)
        .split(',')
        .map((item) => item.trim());

const invalid = (message: string): AssemblyError => new AssemblyError('ParameterInvalid', message);
const unresolved = (message: string): AssemblyError => new AssemblyError('UnresolvedReference', message);
