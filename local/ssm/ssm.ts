import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller, type JsonService, type Keys, type Operation } from '../service.ts';
import type { SimulatedClock } from '../clock.ts';
import { pageOf } from '../token-page.ts';
import { changeEvent } from './change-event.ts';
import { describeHistory, describeMetadata, describeValue } from './described.ts';
import { BY_PATH_KEYS, DESCRIBE_KEYS, matches } from './filters.ts';
import { newVersion, VERSION_MEMBERS } from './new-version.ts';
import { latestOf, type Declaration, type NewVersion, type Parameter, type ParameterVersion } from './parameter.ts';
import { arnOf, isBelow, keyOf, parseName, parsePath, parseReference, type Reference } from './parameter-name.ts';
import { alreadyExists, ParameterStore } from './parameter-store.ts';
import { namesOf, notFound } from './request.ts';
import { SecureValues } from './secure-values.ts';
import { addTags, listTags, newTags, removeTags } from './tags.ts';

export interface SsmParts {
  readonly clock: SimulatedClock;
  readonly access: Access;
  readonly keys: Keys;
  readonly region: string;
  readonly accountId: string;
  /** Takes what EventBridge hears of changes. @default - nobody is told */
  readonly onEvent?: (event: object) => void;
}

/** Parameters, or versions, of one answer. */
const BY_PATH = { most: 10, badToken: 'InvalidNextToken' };
const DESCRIBED = { most: 50, badToken: 'InvalidNextToken' };

const PUT_MEMBERS = ['KeyId', 'Name', 'Overwrite', 'Tags', ...VERSION_MEMBERS];
const PAGED = ['MaxResults', 'NextToken'];

/** Systems Manager, as far as its Parameter Store: versions of texts by name, given to whom the policies allow. */
export class Ssm {
  readonly service: JsonService;
  /** What templates make, and what they refer to. */
  readonly store: ParameterStore;
  private readonly secure: SecureValues;

  constructor(private readonly parts: SsmParts) {
    this.store = new ParameterStore(parts.clock, (operation, parameter) => {
      parts.onEvent?.(changeEvent(parts, operation, parameter));
    });
    this.secure = new SecureValues(parts);
    const operations: Record<string, (input: Members, caller: Caller) => object> = {
      AddTagsToResource: (input, caller) =>
        addTags(input, (action, context) => this.tagged(input, caller, action, context), this.store),
      DeleteParameter: (input, caller) => this.deleteParameter(input.only(['Name']), caller),
      DeleteParameters: (input, caller) => this.deleteParameters(input.only(['Names']), caller),
      DescribeParameters: (input, caller) => this.describeParameters(input.only(['ParameterFilters', ...PAGED]), caller),
      GetParameter: (input, caller) => this.getParameter(input.only(['Name', 'WithDecryption']), caller),
      GetParameterHistory: (input, caller) => this.getHistory(input.only(['Name', 'WithDecryption', ...PAGED]), caller),
      GetParameters: (input, caller) => this.getParameters(input.only(['Names', 'WithDecryption']), caller),
      GetParametersByPath: (input, caller) =>
        this.getByPath(input.only(['ParameterFilters', 'Path', 'Recursive', 'WithDecryption', ...PAGED]), caller),
      ListTagsForResource: (input, caller) => listTags(input, (action, context) => this.tagged(input, caller, action, context)),
      PutParameter: (input, caller) => this.putParameter(input.only(PUT_MEMBERS), caller),
      RemoveTagsFromResource: (input, caller) =>
        removeTags(input, (action, context) => this.tagged(input, caller, action, context), this.store),
    };
    this.service = {
      name: 'ssm',
      targetPrefix: 'AmazonSSM',
      version: '1.1',
      operations: Object.fromEntries(
        Object.entries(operations).map(([name, run]): [string, Operation] => [
          name,
          async (raw, caller) => run(new Members(raw), caller),
        ]),
      ),
    };
  }

  /**
   * Makes a template's parameter.
   *
   * @param by ARN of whoever deploys
   * @returns its name, type and value
   * @throws ServiceError what PutParameter refuses
   */
  declare(properties: Members, declaration: Declaration, by: string): { readonly name: string; readonly version: NewVersion } {
    const name = parseName(declaration.name, this.parts);
    const tags = properties.textMap('Tags');
    this.store.declare({ ...declaration, name }, (before) => {
      this.store.put(name, newVersion(properties, before && latestOf(before)), by);
      const made = this.store.find(name);
      if (made !== undefined) this.store.tag(made, tags);
    });
    const made = this.store.find(name);
    return { name, version: made === undefined ? newVersion(properties, undefined) : latestOf(made) };
  }

  private putParameter(input: Members, caller: Caller): object {
    const name = parseName(input.text('Name'), this.parts);
    const overwrite = input.optionalBoolean('Overwrite') ?? false;
    const before = this.store.find(name);
    const tags = newTags(input);
    this.check(caller, 'ssm:PutParameter', name, { 'ssm:Overwrite': String(overwrite), ...tags.context });
    if (input.has('Tags')) {
      if (overwrite)
        throw new ServiceError(
          'ValidationException',
          "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
        );
      this.check(caller, 'ssm:AddTagsToResource', name, tags.context);
    }
    if (before !== undefined && !overwrite) throw alreadyExists();
    const version = newVersion(input, before && latestOf(before));
    if (version.type === 'SecureString') this.secure.encrypt(caller, name, version);
    const { version: number, tier } = this.store.put(name, version, caller.arn);
    const made = this.store.find(name);
    if (made !== undefined && input.has('Tags')) this.store.tag(made, tags.tags);
    return { Version: number, Tier: tier };
  }

  private getParameter(input: Members, caller: Caller): object {
    const asked = input.text('Name');
    const reference = parseReference(asked, this.parts);
    if (reference === undefined) throw notFound();
    this.check(caller, 'ssm:GetParameter', reference.name);
    return { Parameter: this.give(input, caller, asked, reference) };
  }

  private getParameters(input: Members, caller: Caller): object {
    const named = namesOf(input).map((asked) => [asked, parseReference(asked, this.parts)] as const);
    for (const [, reference] of named) if (reference !== undefined) this.check(caller, 'ssm:GetParameters', reference.name);
    const given = named.map(([asked, reference]) => {
      const version = reference && this.versionOf(reference);
      return reference === undefined || version === undefined
        ? { asked, key: asked }
        : { asked, key: keyOf(reference.name), found: this.give(input, caller, asked, reference) };
    });
    const found = given.filter((one) => one.found !== undefined).sort((a, b) => (a.key < b.key ? -1 : 1));
    return {
      InvalidParameters: given.filter((one) => one.found === undefined).map(({ asked }) => asked),
      Parameters: found.map((one) => one.found),
    };
  }

  private getByPath(input: Members, caller: Caller): object {
    const asked = input.text('Path');
    const path = parsePath(asked);
    const isRecursive = input.optionalBoolean('Recursive') ?? false;
    this.parts.access.check(caller, 'ssm:GetParametersByPath', `${arnOf(this.parts, '')}${asked.slice(1)}`, {
      'ssm:Recursive': String(isRecursive),
    });
    const means = matches(input, BY_PATH_KEYS);
    const all = this.store.all().filter((parameter) => isBelow(parameter.name, path, isRecursive) && means(parameter));
    const { items, next } = pageOf(all, ({ name }) => keyOf(name), input, BY_PATH);
    const given = items.map(({ name }) => this.give(input, caller, name, { name, selector: undefined }));
    return { Parameters: given, ...next };
  }

  private describeParameters(input: Members, caller: Caller): object {
    this.parts.access.check(caller, 'ssm:DescribeParameters', '*');
    const all = this.store.all().filter(matches(input, DESCRIBE_KEYS));
    const { items, next } = pageOf(all, ({ name }) => keyOf(name), input, DESCRIBED);
    return { Parameters: items.map((parameter) => describeMetadata(this.parts, parameter, latestOf(parameter))), ...next };
  }

  private getHistory(input: Members, caller: Caller): object {
    const reference = parseReference(input.text('Name'), this.parts);
    if (reference === undefined) throw notFound();
    this.check(caller, 'ssm:GetParameterHistory', reference.name);
    const parameter = this.existing(reference.name);
    const order = ({ version }: ParameterVersion): string => String(version).padStart(16, '0');
    const { items, next } = pageOf(parameter.versions, order, input, DESCRIBED);
    const isDecrypted = input.optionalBoolean('WithDecryption') ?? false;
    return {
      Parameters: items.map((version) =>
        describeHistory(parameter, version, this.secure.read(caller, parameter.name, version, isDecrypted)),
      ),
      ...next,
    };
  }

  private deleteParameter(input: Members, caller: Caller): object {
    const reference = parseReference(input.text('Name'), this.parts);
    if (reference === undefined) throw notFound();
    this.check(caller, 'ssm:DeleteParameter', reference.name);
    if (!this.store.delete(reference.name)) throw notFound();
    return {};
  }

  private deleteParameters(input: Members, caller: Caller): object {
    const names = namesOf(input);
    for (const name of names) this.check(caller, 'ssm:DeleteParameters', name);
    const deleted = names.filter((name) => this.store.delete(name));
    return { DeletedParameters: deleted, InvalidParameters: names.filter((name) => !deleted.includes(name)) };
  }

  /** Finds the parameter whose tags a request is about, for whom the policies allow it. */
  private tagged(
    input: Members,
    caller: Caller,
    action: string,
    context: Readonly<Record<string, string | readonly string[]>>,
  ): Parameter {
    const type = input.text('ResourceType');
    if (type !== 'Parameter')
      throw new ServiceError('NotImplemented', `NotImplemented: ssm: tags of a ${type} are not simulated by headwaters`, 501);
    const name = input.text('ResourceId');
    this.check(caller, action, name, context);
    const parameter = this.store.find(name);
    if (parameter === undefined)
      throw new ServiceError(
        'InvalidResourceId',
        'The resource ID is not valid. Verify that you entered the correct ID and try again.',
      );
    return parameter;
  }

  /** A parameter as `GetParameter` gives it, under the name by which it was asked for. */
  private give(input: Members, caller: Caller, asked: string, reference: Reference): object {
    const parameter = this.existing(reference.name);
    const version = this.versionOf(reference);
    if (version === undefined) {
      const selector = reference.selector?.slice(1) ?? '';
      throw new ServiceError(
        'ParameterVersionNotFound',
        `Systems Manager could not find version ${selector} of ${reference.name}. Verify the version and try again.`,
      );
    }
    const name = asked.startsWith('arn:') ? parameter.name : reference.name;
    const isDecrypted = input.optionalBoolean('WithDecryption') ?? false;
    const value = this.secure.read(caller, parameter.name, version, isDecrypted);
    return describeValue(this.parts, { name, selector: reference.selector, version, value });
  }

  private versionOf({ name, selector }: Reference): ParameterVersion | undefined {
    const parameter = this.store.find(name);
    if (parameter === undefined || selector === undefined) return parameter && latestOf(parameter);
    return parameter.versions.find(({ version }) => `:${version}` === selector);
  }

  private existing(name: string): Parameter {
    const parameter = this.store.find(name);
    if (parameter === undefined) throw notFound();
    return parameter;
  }

  private check(
    caller: Caller,
    action: string,
    name: string,
    context: Readonly<Record<string, string | readonly string[]>> = {},
  ): void {
    const tags = Object.entries(this.store.find(name)?.tags ?? {});
    const own = Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
    this.parts.access.check(caller, action, arnOf(this.parts, name), { ...own, ...context });
  }
}
