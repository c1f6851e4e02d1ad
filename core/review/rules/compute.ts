import { danger } from '../danger.ts';
import { at, numberOf, textOf } from '../value.ts';
import { builtCode, lostLayers, newCode, newLayers } from './code.ts';
import {
  always,
  atLeast,
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
import { placesIn, strangePlaces } from './own-place.ts';
import type { Addition, Removal, ResourceRules, RulesByType } from './resource-rules.ts';
import { steps } from './state-machine.ts';
import { newVariables, substitutions, variables } from './variables.ts';
import { startedBy } from './schedule.ts';

/** Without a limit it shares what the account has; where it has one, the call beyond is refused, and a delivery files what it could not hand over. */
const concurrency: Judge = (before, after, path, whole) => {
  const [old, now] = [before ?? Infinity, after ?? Infinity].map((limit) => (limit === Infinity ? limit : numberOf(limit)));
  if (old === undefined || now === undefined) return unknownEffect(before, after, path, whole);
  if (now === 0) return [danger('ProcessStopped', `'${path}' is 0: it is never called`)];
  return now < old ? [danger('CallsLimited', `'${path}' is ${now}: who calls it while so many calls run is refused`)] : [];
};

/** An alias follows the versions that its template makes. */
const version: Judge = (before, after, path, whole) => {
  const [id = ''] = /^\$\{([^.}]+)\.Version\}$/.exec(textOf(after))?.slice(1) ?? [];
  const found = whole.resources?.get(id);
  return found?.type === 'AWS::Lambda::Version' ? [] : unknownEffect(before, after, path, whole);
};

const removal: Removal = { code: 'ProcessRemoved', does: 'what it did is done no longer' };
const callsByItsRole = { harmless: 'what it may call is told as permissions of its role' };

/** What runs on its own: taken away, something no longer happens. */
const runs = (properties: ResourceRules['properties'], addition: Addition = callsByItsRole): ResourceRules => ({
  addition,
  removal,
  properties,
});

const HEARS_ALL = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const enabled = staysIn([undefined, 'ENABLED', HEARS_ALL], 'ProcessStopped', 'it runs no more');
const hearsAll = staysIn([HEARS_ALL], 'ProcessStopped', 'it hears of fewer events, or of none');
/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const ruleState: Judge = (before, after, path, whole) => (before === HEARS_ALL ? hearsAll : enabled)(before, after, path, whole);
const allHarmless = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, harmless]));
const told = { harmless: 'whom it lets in is told as permissions' };

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
const TIMEOUT_SECONDS = 3;
const MEMORY_MB = 128;

/** What is run: of code that the project built, every version is as harmless as its tests say. */
export const COMPUTE_RULES: RulesByType = {
  'AWS::Lambda::Function': {
    addition: ({ Code, Environment, Layers }, resources) => [
      ...newCode(Code),
      ...newLayers([], Layers, resources),
      ...newVariables({}, at(Environment, 'Variables'), 'Environment.Variables'),
    ],
    removal: { code: 'ProcessRemoved', does: 'who calls it is refused' },
    properties: {
      Architectures: harmless,
      Code: builtCode,
      Description: harmless,
      Environment: inside({ Variables: variables }),
      EphemeralStorage: harmless,
      FunctionName: renamed,
      Handler: harmless,
      Layers: (before, after, _path, { resources = new Map() }) => [
        ...newLayers(before, after, resources),
        ...lostLayers(before, after),
      ],
      LoggingConfig: kept(
        'LogsOff',
        'it writes to a group of its own making, without your key and retention',
        unknownEffect,
        inside({
          LogGroup: always('LogsOff', 'its events lie in another group, under another key and retention'),
          LogFormat: harmless,
          ApplicationLogLevel: harmless,
          SystemLogLevel: harmless,
        }),
      ),
      MemorySize: atLeast('MemoryCut', {
        absent: MEMORY_MB,
        unit: 'MB',
        does: 'what needs more fails, and what needs time takes longer, for it has less CPU as well',
      }),
      ReservedConcurrentExecutions: concurrency,
      Runtime: harmless,
      Tags: harmless,
      Timeout: atLeast('TimeoutCut', { absent: TIMEOUT_SECONDS, unit: 'seconds', does: 'what takes longer fails' }),
      TracingConfig: harmless,
      DeadLetterConfig: kept('DeadLettersOff', 'an event that fails is lost', unknownEffect),
    },
  },
  'AWS::Lambda::Alias': {
    addition: { harmless: 'nobody calls by it yet' },
    removal: { code: 'ProcessRemoved', does: 'who calls by it is refused' },
    properties: {
      Description: harmless,
      FunctionVersion: version,
      ProvisionedConcurrencyConfig: harmless,
      RoutingConfig: (before, after, path, whole) => (after === undefined ? [] : unknownEffect(before, after, path, whole)),
    },
  },
  'AWS::Lambda::Version': {
    addition: { harmless: 'it is called once an alias names it' },
    removal: { harmless: 'an alias names the one that is called' },
    properties: allHarmless('CodeSha256', 'Description', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'),
  },
  'AWS::Lambda::LayerVersion': {
    addition: ({ Content }) => newCode(Content),
    removal: { harmless: 'functions keep what they were made with' },
    properties: {
      ...allHarmless('CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LayerName', 'LicenseInfo'),
      Content: builtCode,
    },
  },
  'AWS::Lambda::Permission': {
    addition: told,
    removal: { harmless: 'whom it let in is told as permissions' },
    properties: allHarmless('Action', 'FunctionName', 'Principal', 'SourceAccount', 'SourceArn'),
  },
  'AWS::Lambda::EventSourceMapping': runs(
    {
      Tags: harmless,
      Enabled: stays(true, 'ProcessStopped', 'nothing is read any more', true),
      BatchSize: harmless,
      MaximumBatchingWindowInSeconds: harmless,
      ParallelizationFactor: harmless,
      DestinationConfig: kept('DeadLettersOff', 'a batch that fails is lost', unknownEffect),
    },
    ({ DestinationConfig }, resources) =>
      strangePlaces('mapping of events', { DestinationConfig: placesIn(DestinationConfig, ['Destination']) }, resources),
  ),
  'AWS::StepFunctions::StateMachine': runs({
    Tags: harmless,
    StateMachineName: renamed,
    StateMachineType: createOnly,
    Definition: steps,
    DefinitionString: steps,
    DefinitionSubstitutions: substitutions,
    LoggingConfiguration: kept(
      'LogsOff',
      'executions leave no trace',
      unknownEffect,
      inside({
        Level: staysIn(['ALL'], 'LogsOff', 'not every step of an execution leaves a trace'),
        IncludeExecutionData: stays(false, 'DataLogged', 'what its steps handle is written into the log', false),
        Destinations: always('LogsOff', 'its executions are logged elsewhere, under another key and retention'),
      }),
    ),
    TracingConfiguration: harmless,
  }),
  'AWS::Events::Rule': runs({
    Name: renamed,
    EventBusName: createOnly,
    State: ruleState,
    ScheduleExpression: startedBy,
    Description: harmless,
    Tags: harmless,
  }),
  'AWS::Scheduler::Schedule': runs({
    Name: renamed,
    GroupName: createOnly,
    State: enabled,
    ScheduleExpression: startedBy,
    Description: harmless,
  }),
  'AWS::Scheduler::ScheduleGroup': runs({ Name: renamed, Tags: harmless }),
  'AWS::Events::EventBus': {
    addition: told,
    removal,
    properties: { Name: renamed, Description: harmless, Tags: harmless, Policy: toldAsPermission },
  },
  'AWS::Events::EventBusPolicy': {
    addition: told,
    removal: { code: 'PolicyRemoved', does: 'what it denied is denied no longer' },
    properties: { Statement: toldAsPermission },
  },
  'AWS::CDK::Metadata': {
    addition: { harmless: 'it does nothing' },
    removal: { harmless: 'it did nothing' },
    properties: { Analytics: harmless },
  },
};
