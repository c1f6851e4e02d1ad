import { Members } from '../input.ts';
import { latestOf } from '../ssm/parameter.ts';
import type { ParameterStore } from '../ssm/parameter-store.ts';
import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate } from './read-assembly.ts';

const NAME = 'AWS::SSM::Parameter::Name';
const VALUE = /^AWS::SSM::Parameter::Value<(List<[\w:]+>|CommaDelimitedList|[\w:]+)>$/;
/** What the CDK's bootstrapping leaves in an account; the rule of the template that reads it is not evaluated here. */
const BOOTSTRAP = /^\/cdk-bootstrap\/[^/]+\/version$/;

/**
 * What the parameters of a template stand for: their defaults, or what Parameter Store holds under these as the deployment of the stack begins.
 *
 * @param help What helps where a parameter is lacking
 * @throws AssemblyError `UnresolvedReference` for a name that Parameter Store does not hold, also of a parameter that nothing refers to
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
export function parameterValues(
  { name: stack, parameters }: StackTemplate,
  store: Pick<ParameterStore, 'find'>,
  help: (name: string) => string,
): ReadonlyMap<string, unknown> {
  const declared = new Members(parameters);
  return new Map(
    declared.names().map((id) => {
      const parameter = declared.object(id);
      const at = `${stack}.Parameters.${id}`;
      const [given, kind] = [parameter.raw('Default'), kindOf(parameter)];
      if (typeof given !== 'string' || kind === undefined || BOOTSTRAP.test(given)) return [id, given];
      const found = store.find(given);
      if (found === undefined)
        throw unresolved(`${at}: Unable to fetch parameters [${given}] from parameter store for this account; ${help(given)}`);
      const { type, value } = latestOf(found);
      if (kind === 'name') return [id, given];
      if (type === 'SecureString')
        throw unresolved(`${at}: Parameters [${given}] referenced by template have types not supported by CloudFormation.`);
      return [id, kind === 'list' ? value.split(',') : value];
    }),
  );
}

/** What Ref gives of a parameter that names one of Parameter Store; undefined for any other. */
function kindOf(parameter: Members): 'list' | 'name' | 'text' | undefined {
  const type = parameter.optionalText('Type') ?? 'String';
  if (type === NAME) return 'name';
  const [, kind] = VALUE.exec(type) ?? [];
  if (kind === undefined) return undefined;
  return kind.startsWith('List<') || kind === 'CommaDelimitedList' ? 'list' : 'text';
}

const unresolved = (message: string): AssemblyError => new AssemblyError('UnresolvedReference', message);
