import { same } from '../../contract/compatibility/canonical.ts';
import { danger } from '../danger.ts';
import { isObject, numberOf } from '../value.ts';
import {
  createOnly,
  harmless,
  inside,
  type Judge,
  kept,
  renamed,
  stays,
  staysIn,
  toldAsPermission,
  unknownEffect,
} from './judge.ts';
import type { ResourceRules, RulesByType } from './resource-rules.ts';

const concurrency: Judge = (_before, after, path) =>
  numberOf(after) === 0 ? [danger('ProcessStopped', `'${path}' is 0: it is never called`)] : [];

/** One more is for code that is new; one that changes or goes may name another secret or stream. */
const variables: Judge = (before, after, path, whole) => {
  const [old, now] = [before ?? {}, after ?? {}];
  if (!isObject(old) || !isObject(now)) return unknownEffect(before, after, path, whole);
  return Object.keys(old)
    .filter((name) => !same(old[name], now[name]))
    .flatMap((name) => unknownEffect(old[name], now[name], `${path}.${name}`, whole));
};

/** What runs on its own: taken away, something no longer happens. */
const runs = (properties: ResourceRules['properties']): ResourceRules => ({
  removal: { code: 'ProcessRemoved', does: 'what it did is done no longer' },
  properties,
});

const enabled = staysIn([undefined, 'ENABLED'], 'ProcessStopped', 'it runs no more');
const allHarmless = (...names: readonly string[]) => ({ properties: Object.fromEntries(names.map((name) => [name, harmless])) });

/** What is run: of code and of what a person reads, every version is as harmless as its tests say. */
export const COMPUTE_RULES: RulesByType = {
  'AWS::Lambda::Function': {
    properties: {
      Architectures: harmless,
      Code: harmless,
      Description: harmless,
      Environment: inside({ Variables: variables }),
      EphemeralStorage: harmless,
      FunctionName: renamed,
      Handler: harmless,
      Layers: harmless,
      LoggingConfig: kept('LogsOff', 'it writes to a group of its own making, without your key and retention', harmless),
      MemorySize: harmless,
      ReservedConcurrentExecutions: concurrency,
      Runtime: harmless,
      Tags: harmless,
      Timeout: harmless,
      TracingConfig: harmless,
      DeadLetterConfig: kept('DeadLettersOff', 'an event that fails is lost'),
    },
  },
  'AWS::Lambda::Alias': {
    properties: {
      Description: harmless,
      FunctionVersion: harmless,
      ProvisionedConcurrencyConfig: harmless,
      RoutingConfig: harmless,
    },
  },
  'AWS::Lambda::Version': allHarmless(
    'CodeSha256',
    'Description',
    'FunctionName',
    'ProvisionedConcurrencyConfig',
    'RuntimePolicy',
  ),
  'AWS::Lambda::LayerVersion': allHarmless(
    'CompatibleArchitectures',
    'CompatibleRuntimes',
    'Content',
    'Description',
    'LayerName',
    'LicenseInfo',
  ),
  'AWS::Lambda::Permission': allHarmless('Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'), // told as a permission
  'AWS::Lambda::EventSourceMapping': runs({
    Tags: harmless,
    Enabled: stays(true, 'ProcessStopped', 'nothing is read any more', true),
    BatchSize: harmless,
    MaximumBatchingWindowInSeconds: harmless,
    ParallelizationFactor: harmless,
    DestinationConfig: kept('DeadLettersOff', 'a batch that fails is lost'),
  }),
  'AWS::StepFunctions::StateMachine': runs({
    Tags: harmless,
    StateMachineName: renamed,
    StateMachineType: createOnly,
    Definition: harmless,
    DefinitionString: harmless,
    DefinitionSubstitutions: harmless,
    LoggingConfiguration: kept('LogsOff', 'executions leave no trace'),
    TracingConfiguration: harmless,
  }),
  'AWS::Events::Rule': runs({ Name: renamed, EventBusName: createOnly, State: enabled, Description: harmless, Tags: harmless }),
  'AWS::Scheduler::Schedule': runs({ Name: renamed, GroupName: createOnly, State: enabled, Description: harmless }),
  'AWS::Scheduler::ScheduleGroup': runs({ Name: renamed, Tags: harmless }),
  'AWS::Events::EventBus': { properties: { Name: renamed, Description: harmless, Tags: harmless, Policy: toldAsPermission } },
  'AWS::Events::EventBusPolicy': { properties: { Statement: toldAsPermission } },
  'AWS::CDK::Metadata': allHarmless('Analytics'),
};
