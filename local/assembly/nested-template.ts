import { withoutValue } from './given-parameters.ts';
import { physicalName } from './physical-name.ts';
import { readTemplate, type StackTemplate } from './read-assembly.ts';

/** Characters of a stack's name. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html */
const LONGEST_NAME = 128;

/** What the parent says of a nested stack. */
export interface NestedStackSource {
  /** Where the template lies on AWS: `https://s3.<region>.amazonaws.com/<bucket>/<key>`. */
  readonly url: string;
  /** Values of its parameters. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/**
 * The template of a nested stack, which the assembly holds as a file of its assets.
 *
 * @throws {@link AssemblyError} `AssemblyUnreadable`; Error for a template that is not in the assembly, or a parameter without a value
 */
export function nestedTemplate(parent: StackTemplate, logicalId: string, { url, parameters }: NestedStackSource): StackTemplate {
  const [, ...segments] = pathOf(url).split('/');
  const file = parent.assets.get(segments.slice(1).join('/')) ?? parent.assets.get(segments.join('/')); // the bucket's name may stand in the host
  if (file === undefined) throw new Error(`'TemplateURL' names a template that is not in the assembly: '${url}'`);
  const within = parent.within ?? [];
  if (within.includes(file)) throw new Error(`'TemplateURL' names a template within which the stack lies itself: '${url}'`);
  const { account, region, assets } = parent;
  const template = readTemplate(file, {
    name: physicalName(parent.name, logicalId, { longest: LONGEST_NAME }),
    root: parent.root ?? parent.name,
    within: [...within, file],
    path: `${parent.path}/${logicalId}`,
    account,
    region,
    assets,
  });
  const missing = withoutValue(template.parameters, parameters);
  if (missing.length > 0) throw new Error(`Parameters: [${missing.join(', ')}] must have values`);
  return template;
}

function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    throw new Error(`'TemplateURL' must be a supported URL, got '${url}'`);
  }
}
