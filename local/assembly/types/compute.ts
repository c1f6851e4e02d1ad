import path from 'node:path';
import type { Members } from '../../input.ts';
import type { Caller } from '../../service.ts';
import { checkDestination, kindOfDestination } from '../../lambda/destination.ts';
import { writeInlineCode } from '../../lambda/inline-code.ts';
import { stableUuid } from '../physical-name.ts';
import type { Creation, ResourceType } from '../resource-type.ts';
import { checkInterfaces } from './network.ts';

/** Bytes of all variables of a function. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4096;

/** Seconds and MiB. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const TIMEOUT = { shortest: 1, longest: 900 } as const;

const MOST_LAYERS = 5;

export const lambdaFunction: ResourceType = {
  acted: [
    'FunctionName',
    'Code',
    'DeadLetterConfig',
    'Environment',
    'Handler',
    'ImageConfig',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'Role',
    'Runtime',
    'Timeout',
    'VpcConfig',
  ],
  recorded: ['Architectures', 'Description', 'EphemeralStorage', 'KmsKeyArn', 'RuntimeManagementConfig', 'Tags', 'TracingConfig'],
  create: (properties, creation) => {
    const { lambda, sessions, accountId } = creation.services;
    const name = creation.name(properties.optionalText('FunctionName'), { longest: 64 });
    const arn = creation.arn('lambda', `function:${name}`);
    if (lambda.has(arn)) throw new Error(`Resource of type 'AWS::Lambda::Function' with identifier '${name}' already exists.`);
    const runtime = runtimeOf(properties);
    const roleArn = properties.text('Role');
    const caller = sessions.sessionFor({
      roleArn,
      service: 'lambda.amazonaws.com',
      context: { 'aws:SourceAccount': accountId, 'aws:SourceArn': arn },
    });
    const network = properties.optionalObject('VpcConfig');
    if (network !== undefined) checkInterfaces(network, caller, creation);
    const logging = properties
      .optionalObject('LoggingConfig')
      ?.only(['ApplicationLogLevel', 'LogFormat', 'LogGroup', 'SystemLogLevel']);
    const logGroup = logging?.optionalText('LogGroup');
    const timeout = properties.optionalNumber('Timeout') ?? 3;
    if (timeout < TIMEOUT.shortest || timeout > TIMEOUT.longest) {
      throw properties.invalid('Timeout', `must be ${TIMEOUT.shortest} to ${TIMEOUT.longest}, got ${timeout}`);
    }
    lambda.createFunction({
      name,
      arn,
      roleArn,
      runtime,
      ...(runtime.startsWith('nodejs')
        ? { handler: properties.text('Handler'), code: codeFolder(properties.object('Code'), name, creation) }
        : { handler: '', code: '' }),
      layers: readLayers(properties, creation),
      environment: readEnvironment(properties),
      timeout,
      memory: properties.optionalNumber('MemorySize') ?? 128,
      ...(logGroup !== undefined && { logGroup }),
      ...deadLetterOf(properties, caller, creation),
    });
    return { ref: name, attributes: { Arn: arn } };
  },
};

/** The topic or the queue that gets events which the function failed on; its role must be let to tell it. */
function deadLetterOf(properties: Members, caller: Caller, creation: Creation): { readonly deadLetter?: string } {
  const config = properties.optionalObject('DeadLetterConfig')?.only(['TargetArn']);
  const arn = config?.optionalText('TargetArn');
  if (config === undefined || arn === undefined || arn === '') return {};
  const kind = kindOfDestination(arn);
  if ((kind !== 'topic' && kind !== 'queue') || arn.endsWith('.fifo'))
    throw config.invalid('TargetArn', `must be the ARN of a topic or a standard queue, got '${arn}'`);
  const { iam, queues, lambda } = creation.services;
  checkDestination(arn, caller, { access: iam, queues, lambda: () => lambda });
  return { deadLetter: arn };
}

/** What runs a function: one of Lambda's runtimes, or a container's image, which is called so here. */
function runtimeOf(properties: Members): string {
  if (properties.optionalText('PackageType') === 'Image') return 'container image';
  const runtime = properties.text('Runtime');
  if (/^(dotnet|go|java|nodejs|provided|python|ruby)[\w.]*$/.test(runtime)) return runtime;
  throw properties.invalid('Runtime', `must be a runtime of Lambda, got '${runtime}'`);
}

/** The folder that holds a function's code; what stands in the template is written to one. */
function codeFolder(code: Members, name: string, creation: Creation): string {
  const inline = code.optionalText('ZipFile');
  if (inline === undefined) return creation.assetFolder(code, 'S3Bucket', 'S3Key');
  code.only(['ZipFile']);
  return writeInlineCode(path.join(creation.services.scratch, 'inline', name), inline);
}

export const version: ResourceType = {
  acted: ['FunctionName'],
  recorded: ['CodeSha256', 'Description'],
  create: (properties, creation) => {
    const target = functionArn(properties.text('FunctionName'), creation);
    const arn = `${target}:1`;
    creation.services.lambda.qualify(arn, target);
    return { ref: arn, attributes: { Version: '1', FunctionArn: arn } };
  },
};

export const functionAlias: ResourceType = {
  acted: ['FunctionName', 'FunctionVersion', 'Name'],
  recorded: ['Description'],
  create: (properties, creation) => {
    const target = functionArn(properties.text('FunctionName'), creation);
    const arn = `${target}:${properties.text('Name')}`;
    const number = properties.text('FunctionVersion');
    creation.services.lambda.qualify(arn, number === '$LATEST' ? target : `${target}:${number}`);
    return { ref: arn, attributes: { AliasArn: arn } };
  },
};

/** A service, an account, a role by its ARN, or everybody: Lambda takes them all for a text. */
function principalOf(properties: Members): '*' | Readonly<Record<string, string>> {
  const text = properties.text('Principal');
  if (text === '*') return text;
  if (/^(\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:[^*?]+)$/.test(text)) return { AWS: text };
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text)) return { Service: text };
  throw properties.invalid('Principal', `must be a service, an account, an ARN or '*', got '${text}'`);
}

export const permission: ResourceType = {
  acted: ['Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'],
  recorded: [],
  create: (properties, creation) => {
    const { lambda, iam } = creation.services;
    const arn = functionArn(properties.text('FunctionName'), creation);
    const [sourceArn, sourceAccount] = [properties.optionalText('SourceArn'), properties.optionalText('SourceAccount')];
    const action = properties.text('Action');
    if (!/^(\*|lambda:(\*|[A-Za-z]+))$/.test(action))
      throw properties.invalid('Action', `must be an action of Lambda, got '${action}'`);
    const id = stableUuid(`${creation.stack}/${creation.logicalId}`);
    const document = lambda.addPermission(arn, {
      Sid: id,
      Effect: 'Allow',
      Principal: principalOf(properties),
      Action: action,
      Resource: arn,
      Condition: {
        ...(sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
        ...(sourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
      },
    });
    iam.addResourcePolicy({ arn, document, code: 'InvalidParameterValueException' });
    return { ref: id, attributes: { Id: id } };
  },
};

export const layerVersion: ResourceType = {
  acted: ['Content', 'LayerName'],
  recorded: ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('LayerName'), { longest: 140 });
    const arn = creation.arn('lambda', `layer:${name}:1`);
    creation.shared.layers.set(arn, creation.assetFolder(properties.object('Content'), 'S3Bucket', 'S3Key'));
    return { ref: arn, attributes: { LayerVersionArn: arn } };
  },
};

/** The ARN of what a property names, by whichever form. */
export function functionArn(nameOrArn: string, creation: Creation): string {
  // a name, `<account>:function:<name>`, or the whole ARN
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : creation.arn('lambda', `function:${nameOrArn.replace(/^\d{12}:function:/, '')}`);
}

function readLayers(properties: Members, { shared }: Creation): string[] {
  const layers = properties.texts('Layers');
  if (layers.length > MOST_LAYERS) throw properties.invalid('Layers', `must hold at most ${MOST_LAYERS}, got ${layers.length}`);
  return layers.map((arn) => {
    const folder = shared.layers.get(arn);
    if (folder === undefined) throw properties.invalid('Layers', `names a layer that does not exist: '${arn}'`);
    return folder;
  });
}

function readEnvironment(properties: Members): Record<string, string> {
  const variables = properties.optionalObject('Environment')?.only(['Variables']).textMap('Variables') ?? {};
  const bytes = Object.entries(variables).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (bytes > ENVIRONMENT_BYTES)
    throw properties.invalid('Environment', `must hold at most ${ENVIRONMENT_BYTES} bytes, got ${bytes}`);
  return variables;
}
