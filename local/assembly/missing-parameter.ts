import type { StackTemplate } from './read-assembly.ts';

/**
 * What helps where Parameter Store lacks something that a template asks for, by the name of what is lacking.
 *
 * @param stacks Those of the deployment, in their order
 */
export function whatHelps(stacks: readonly StackTemplate[]): (name: string, asking: string) => string {
  return (name, asking) => {
    if (name.startsWith('/aws/'))
      return "AWS's own parameters are not simulated; leave the stack out: name the stacks that are to run";
    const maker = stacks.find(({ resources }) =>
      [...resources.values()].some(({ type, properties }) => type === 'AWS::SSM::Parameter' && properties.Name === name),
    )?.name;
    if (maker === asking) return 'the stack makes it itself, and CloudFormation looks for it before: refer to the resource';
    if (maker !== undefined) return `stack '${maker}' makes it, and is deployed later: let '${asking}' depend on it`;
    return 'let a stack make it that this one depends on, or start without this stack, put it, and start again';
  };
}
