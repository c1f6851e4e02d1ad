import { danger } from '../danger.ts';
import { at, booleanOf } from '../value.ts';
import {
  always,
  atMost,
  encryptionKey,
  harmless,
  inside,
  kept,
  renamed,
  stays,
  staysIn,
  unknownEffect,
  type Judge,
} from './judge.ts';
import { placesIn, strangePlaces } from './own-place.ts';
import type { RulesByType } from './resource-rules.ts';

const unenforced = 'a client may choose another place and key for results, and no limit';

const resultEncryption: Judge = kept(
  'EncryptionRemoved',
  'results are stored under no key of yours',
  { harmless: 'results of earlier queries stay readable' },
  inside({
    EncryptionOption: staysIn(['SSE_KMS', 'CSE_KMS'], 'EncryptionRemoved', 'results are stored under no key of yours'),
    KmsKey: encryptionKey,
  }),
);

/** People and programs know a prepared statement by its name in a workgroup. */
const unnamed = always('ProcessRemoved', 'who executes the statement by its old name and workgroup is refused');

export const SERVING_RULES: RulesByType = {
  'AWS::Athena::WorkGroup': {
    holds: 'the history of its queries',
    addition: ({ WorkGroupConfiguration }, resources) => [
      ...(booleanOf(at(WorkGroupConfiguration, 'EnforceWorkGroupConfiguration')) === false
        ? [danger('WorkGroupUnenforced', `a new workgroup enforces nothing: ${unenforced}`)]
        : []),
      ...strangePlaces('workgroup', { OutputLocation: placesIn(WorkGroupConfiguration, ['OutputLocation']) }, resources),
    ],
    properties: {
      Name: renamed,
      Description: harmless,
      State: (before, after, path, whole) =>
        after === 'DISABLED'
          ? [danger('WorkGroupDisabled', `'${path}' is DISABLED: nobody can ask in it`)]
          : after === 'ENABLED' || after === undefined
            ? []
            : unknownEffect(before, after, path, whole),
      RecursiveDeleteOption: stays(false, 'DeletionProtectionOff', 'it can be deleted with its history and named queries', false),
      WorkGroupConfiguration: inside({
        BytesScannedCutoffPerQuery: atMost('ScanCutoffRaised', {
          absent: Infinity,
          unit: 'bytes',
          does: 'one query may cost more',
        }),
        EnforceWorkGroupConfiguration: stays(true, 'WorkGroupUnenforced', unenforced, true),
        PublishCloudWatchMetricsEnabled: stays(true, 'LogsOff', 'what is scanned is no longer counted', true),
        ResultConfiguration: inside({
          EncryptionConfiguration: resultEncryption,
          ExpectedBucketOwner: always('PublicAccessOpened', 'results may be written to a bucket of another account'),
          OutputLocation: always('TableMoved', 'results lie elsewhere, under other policies and lifecycle rules'),
        }),
      }),
      Tags: harmless,
    },
  },
  'AWS::Athena::NamedQuery': {
    addition: { harmless: 'a text that people run, with what they may' },
    removal: { harmless: 'a text that people ran' },
    properties: { Name: harmless, Description: harmless, QueryString: harmless, Database: harmless, WorkGroup: harmless },
  },
  'AWS::Athena::PreparedStatement': {
    addition: { harmless: 'a text that people run, with what they may' },
    removal: { code: 'ProcessRemoved', does: 'who executes it by its name is refused' },
    properties: { StatementName: unnamed, Description: harmless, QueryStatement: harmless, WorkGroup: unnamed },
  },
};
