import type { Members } from '../input.ts';
import { AssemblyError } from './assembly-error.ts';

/** Sections that are read, or say nothing that runs. */
const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Conditions',
  'Description',
  'Mappings',
  'Metadata',
  'Outputs',
  'Parameters',
  'Resources',
  'Rules',
  'Transform',
];

/** What the CDK adds to each template: that the account is bootstrapped. */
const BOOTSTRAP_RULE = 'CheckBootstrapVersion';

/** Its functions are known; other transforms, macros among them, would make another template of this one. */
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/**
 * Refuses what a template says outside of what is read, which would be left out in silence.
 *
 * @throws {@link AssemblyError} `UnknownSection`
 */
export function checkSections(template: Members, stack: string): void {
  const refuse = (what: string): AssemblyError =>
    new AssemblyError(
      'UnknownSection',
      `${stack}: ${what} is not known to the local runtime; leave the stack out: name the stacks that are to run`,
    );
  const section = template.names().find((name) => !SECTIONS.includes(name));
  if (section !== undefined) throw refuse(`the section '${section}'`);
  const rule = template
    .optionalObject('Rules')
    ?.names()
    .find((name) => name !== BOOTSTRAP_RULE);
  if (rule !== undefined) throw refuse(`the rule '${rule}'`);
  const transforms = [template.raw('Transform') ?? []].flat();
  const transform = transforms.find((name) => name !== LANGUAGE_EXTENSIONS);
  if (transform !== undefined) throw refuse(`the transform ${JSON.stringify(transform)}`);
}
