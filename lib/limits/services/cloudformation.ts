import type { StackLimit } from '../limit.ts';
import { at, bytes, largest, length } from '../measures.ts';

const SEE = {
  quotas: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html',
  stackName: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
} as const;
const FEWER_DATASETS = 'give some of its datasets a slot in another part, before they are deployed (docs/adr/0017)';

/** Of a stack as a whole. */
export const cloudFormation: readonly StackLimit[] = [
  {
    what: 'resources of a stack',
    most: 500,
    measure: ({ template }) => Object.keys(template.Resources ?? {}).length,
    remedy: FEWER_DATASETS,
    see: SEE.quotas,
  },
  {
    what: 'outputs of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Outputs ?? {}).length,
    remedy: FEWER_DATASETS,
    see: SEE.quotas,
  },
  {
    what: 'bytes of a template',
    most: 1_000_000,
    measure: (stack) => stack.bytes,
    remedy: FEWER_DATASETS,
    see: SEE.quotas,
  },
  {
    what: 'parameters of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Parameters ?? {}).length,
    remedy: 'pass fewer values in from outside',
    see: SEE.quotas,
  },
  {
    what: 'mappings of a stack',
    most: 200,
    measure: ({ template }) => Object.keys(template.Mappings ?? {}).length,
    remedy: 'take some out',
    see: SEE.quotas,
  },
  {
    what: 'characters of a stack name',
    most: 128,
    measure: ({ name }) => name.length,
    remedy: 'shorten the name of the domain or of the environment',
    see: SEE.stackName,
  },
  {
    what: "bytes of a template's description",
    most: 1024,
    measure: ({ template }) => bytes(template.Description),
    remedy: "shorten the environment's purpose",
    see: SEE.quotas,
  },
  {
    what: "characters of an output's name",
    most: 255,
    measure: ({ template }) => largest(Object.keys(template.Outputs ?? {}), length),
    remedy: 'shorten the name of the dataset',
    see: SEE.quotas,
  },
  {
    what: "characters of an export's name",
    most: 255,
    measure: ({ template }) => largest(at(Object.values(template.Outputs ?? {}), 'Export', 'Name'), length),
    remedy: 'shorten the name of the domain',
    see: SEE.quotas,
  },
  {
    what: 'characters of a logical id',
    most: 255,
    measure: ({ template }) => largest(Object.keys(template.Resources ?? {}), length),
    remedy: 'shorten the name of the dataset',
    see: SEE.quotas,
  },
];
