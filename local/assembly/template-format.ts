import { Members } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';

const NAME = /^[a-zA-Z0-9]+$/;
const NAMED = { Parameters: 'Parameter', Resources: 'Resource', Outputs: 'Output' } as const;

const OF_RESOURCE = [
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
];
const OF_PARAMETER = [
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'Default',
  'Description',
  'MaxLength',
  'MaxValue',
  'MinLength',
  'MinValue',
  'NoEcho',
  'Type',
];

/** A type, or one whose values Parameter Store holds. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html */
const TYPE = /^(?:(?:AWS::SSM::Parameter::Value<)?(?:String|Number|CommaDelimitedList|AWS::[\w:]+|List<[\w:]+>)>?)$/;

/**
 * Refuses what CloudFormation refuses before it makes anything, in its words: names with other signs than letters and digits, members that a
 * parameter or a resource does not have, and outputs without a value.
 *
 * @throws {@link AssemblyError} `TemplateInvalid`
 */
export function checkFormat(template: Members, stack: string): void {
  const refuse = (message: string): AssemblyError => new AssemblyError('TemplateInvalid', `${stack}: ${message}`);
  const each = (section: keyof typeof NAMED, check: (member: Members, place: string) => void): void => {
    const members = new Members({ [section]: template.raw(section) }, refuse).optionalObject(section) ?? new Members({});
    for (const name of members.names()) {
      if (!NAME.test(name)) throw refuse(`Template format error: ${NAMED[section]} name ${name} is non alphanumeric.`);
      check(members.object(name), `[/${section}/${name}]`);
    }
  };
  each('Parameters', (parameter, place) => {
    const stranger = parameter.names().find((name) => !OF_PARAMETER.includes(name));
    if (stranger !== undefined) throw refuse(`Invalid template parameter property '${stranger}' at ${place}`);
    const type = parameter.optionalText('Type');
    if (type === undefined) throw refuse(`Template format error: ${place} Every Parameters object must contain a Type member.`);
    if (!TYPE.test(type)) throw refuse(`Template format error: Unrecognized parameter type: ${type} at ${place}`);
    if (typeof parameter.raw('Default') === 'object')
      throw refuse(`Template format error: Every Default member must be a string. ${place} has another`);
  });
  each('Resources', (resource, place) => {
    const stranger = resource.names().find((name) => !OF_RESOURCE.includes(name));
    if (stranger !== undefined) throw refuse(`Invalid template resource property '${stranger}' at ${place}`);
    if (!resource.has('Type')) throw refuse(`Template format error: ${place} Every Resources object must contain a Type member.`);
  });
  each('Outputs', (output, place) => {
    if (!output.has('Value'))
      throw refuse(`Template format error: Every Outputs member must contain a Value object; ${place} has none`);
  });
}
