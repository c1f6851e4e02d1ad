import { isRecord } from '../input.ts';
import { latestOf, type ParameterVersion } from '../ssm/parameter.ts';
import type { ParameterStore } from '../ssm/parameter-store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { AssemblyError } from './assembly-error.ts';
import type { StackTemplate, TemplateResource } from './read-assembly.ts';
import { readSecret } from './secret-reference.ts';

const REFERENCE = /\{\{resolve:(secretsmanager|ssm|ssm-secure):([^{}]*)\}\}/g;
const NAMED = /^([\w./-]+)(?::(\d+))?$/;

/**
 * References to Parameter Store and Secrets Manager in one stack. CloudFormation looks up the parameters that a template names in so many words before it makes
 * anything: what the stack itself is about to put there is not found. A name that intrinsic functions make is looked up where it is needed.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
 */
export class DynamicReferences {
  /** As they were when the deployment of the stack began; undefined for what was not there. */
  private readonly found: ReadonlyMap<string, ParameterVersion | undefined>;
  /** What secrets were resolved to. */
  private readonly secretValues = new Set<string>();

  constructor(
    private readonly stack: StackTemplate,
    private readonly store: Pick<ParameterStore, 'find'>,
    private readonly secrets: Pick<Secrets, 'valueOf'>,
    /** What helps where a parameter is lacking. */
    private readonly help: (name: string) => string,
  ) {
    const named = [...stack.resources.values()].flatMap(({ properties }) => textsIn(properties)).flatMap(referencesIn);
    this.found = new Map(named.map((reference) => [reference, this.lookUp(reference)]));
  }

  /**
   * Puts values in the place of a text's references.
   *
   * @param at Where the text stands: `Stack.LogicalId.Property`
   * @throws AssemblyError `UnresolvedReference`
   */
  resolve(text: string, at: string): string {
    return text.replace(REFERENCE, (whole: string, service: string, reference: string) => {
      if (service === 'secretsmanager') return this.secret(whole, reference, at);
      if (service === 'ssm-secure') throw unresolved(at, `SSM Secure reference is not supported in: [${this.propertyAt(at)}]`);
      const version = this.found.has(reference) ? this.found.get(reference) : this.lookUp(reference);
      if (version === undefined)
        throw unresolved(at, `Parameters: [ssm:${reference}] cannot be found; ${this.help(reference.split(':')[0] ?? '')}`);
      if (version.type === 'SecureString')
        throw unresolved(at, `[ssm:${reference}] is a SecureString, which 'ssm' references do not read`);
      return version.value;
    });
  }

  /** Secrets are looked up as their resource is made; outputs and custom resources get the reference itself. */
  private secret(whole: string, reference: string, at: string): string {
    const type = this.resourceAt(at)?.type;
    if (type === undefined || type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') return whole;
    const read = readSecret(reference, this.secrets);
    if ('lacks' in read) throw unresolved(at, read.lacks);
    if (read.value !== '') this.secretValues.add(read.value);
    return read.value;
  }

  /** A message in which no secret stands: a resource that refuses a property may quote it. */
  conceal(message: string): string {
    const longestFirst = [...this.secretValues].sort((a, b) => b.length - a.length);
    return longestFirst.reduce((text, secret) => text.replaceAll(secret, '***'), message);
  }

  private resourceAt(at: string): TemplateResource | undefined {
    return this.stack.resources.get(at.slice(this.stack.name.length + 1).split('.')[0] ?? '');
  }

  private lookUp(reference: string): ParameterVersion | undefined {
    const [, name, number] = NAMED.exec(reference) ?? [];
    const parameter = name === undefined ? undefined : this.store.find(name);
    if (parameter === undefined || number === undefined) return parameter && latestOf(parameter);
    return parameter.versions.find(({ version }) => version === Number(number));
  }

  /** As CloudFormation names a property: `AWS::Lambda::Function/Properties/Environment`. */
  private propertyAt(at: string): string {
    const [id = '', ...rest] = at.slice(this.stack.name.length + 1).split('.');
    return [this.resourceAt(at)?.type ?? id, 'Properties', ...rest].join('/');
  }
}

const unresolved = (at: string, why: string): AssemblyError => new AssemblyError('UnresolvedReference', `${at}: ${why}`);

const referencesIn = (text: string): string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, service, reference = '']) => (service === 'ssm' ? [reference] : []));

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as unknown[]).flatMap(textsIn);
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : [];
}
