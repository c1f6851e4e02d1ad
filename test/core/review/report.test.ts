import { contractFromObject } from '../../../core/contract/from-object.ts';
import type { DataContract } from '../../../core/contract/model.ts';
import { countLevels } from '../../../core/review/count-levels.ts';
import { DEFAULT_LEVELS, LEVELS, parseLevels } from '../../../core/review/fail-on.ts';
import { renderMarkdown } from '../../../core/review/render/markdown.ts';
import { review, type Review, type Version } from '../../../core/review/review.ts';
import { readTemplate, type Templates } from '../../../core/aws/template.ts';
import { changed, columnPath, contractDocument, type JsonDocument } from '../../support/contracts.ts';
import { decision, ledgerOf } from '../findings/ledgers.ts';

const version = (name: string, more: Partial<Version> = {}): Version => ({ name, templates: new Map(), ...more });
const product = (document: JsonDocument): DataContract => contractFromObject(document);
const contractsOf = (before: readonly DataContract[], after: readonly DataContract[]): Review =>
  review(version('main', { contracts: before }), version('here', { contracts: after }));

/** Both environments' stacks of one domain. */
function templates(hours: number, action: string | string[]): Templates {
  return new Map(
    ['dev', 'prod'].map((environment) => {
      const name = `Headwaters-${environment}-Domain-energy`;
      const text = JSON.stringify({
        Resources: {
          Readings: {
            Type: 'AWS::Kinesis::Stream',
            Properties: { RetentionPeriodHours: hours },
            DeletionPolicy: 'Retain',
          },
          Reader: { Type: 'AWS::IAM::Role', Properties: { Path: `/headwaters/${environment}/reader/` } },
          ReaderPolicy: {
            Type: 'AWS::IAM::ManagedPolicy',
            Properties: {
              Roles: [{ Ref: 'Reader' }],
              PolicyDocument: { Statement: { Effect: 'Allow', Action: action, Resource: { 'Fn::GetAtt': ['Readings', 'Arn'] } } },
            },
          },
        },
      });
      return [name, readTemplate(text, name)];
    }),
  );
}

test('the whole report, as a pull request shows it', () => {
  const breaking = changed(contractDocument(), columnPath('counter', 'required'), true);
  const found = review(
    version('main (1234567)', {
      templates: templates(168, 'kinesis:GetRecords'),
      contracts: [product(contractDocument())],
      ledger: ledgerOf(decision({ stacks: ['Headwaters-dev-Domain-energy'] })),
    }),
    version('the working tree', {
      templates: templates(24, ['kinesis:GetRecords', 'kinesis:PutRecord']),
      contracts: [product(breaking)],
      ledger: ledgerOf(
        decision({ stacks: ['Headwaters-dev-Domain-energy'], reviewBy: '2027-12-24' }),
        decision({
          stacks: ['Headwaters-dev-Domain-energy', 'Headwaters-prod-Domain-energy'],
          resource: 'Readings',
          findings: ['A-K1', 'B-K1'],
        }),
      ),
    }),
    ['something'],
  );
  expect(renderMarkdown(found, DEFAULT_LEVELS).split('\n')).toEqual([
    '# Review of the working tree against main (1234567)',
    '',
    '**Fails**: 2 shortening, 1 unannounced break of a contract. Not held against it: 2 gains of permission, 4 findings newly accepted.',
    '',
    'Compared: dev, prod.',
    '',
    'Cost a month, with the events that the contracts expect, once every retention is filled: dev 25.55 → 10.95 USD, prod 25.55 → 10.95 USD.',
    '',
    '## What is dangerous',
    '',
    '- **shortened** AWS::Kinesis::Stream `Headwaters-<env>-Domain-energy/Readings` (dev, prod)',
    "  - `StreamRetentionShortened`: 'RetentionPeriodHours' from 168 hours to 24 hours: older records go at once, and an outage of delivery may last no longer",
    '',
    '## Permissions',
    '',
    '- role /headwaters/<env>/reader/ `Headwaters-<env>-Domain-energy/Reader` (dev, prod)',
    '  - gains `kinesis:PutRecord` on `${Readings.Arn}`',
    '',
    '## Contracts',
    '',
    '- `energy/readings` 1.2.3 **breaks somebody without a new major version**',
    '  - breaking `ColumnMadeRequired` at `readings.counter`: from optional to required: events without it are refused. Breaks producers. To do: wait until every producer sends it; rows stored before may still hold none.',
    '',
    '## Cost a month',
    '',
    '| environment | part | what | resource | before, USD | after, USD | difference |',
    '|---|---|---|---|--:|--:|--:|',
    '| dev | ingest | kept beyond a day | `Headwaters-dev-Domain-energy/Readings` | 14.60 | 0.00 | -14.60 |',
    '| dev |  | **all** |  | 25.55 | 10.95 | -14.60 |',
    '| prod | ingest | kept beyond a day | `Headwaters-prod-Domain-energy/Readings` | 14.60 | 0.00 | -14.60 |',
    '| prod |  | **all** |  | 25.55 | 10.95 | -14.60 |',
    '',
    'At list prices of 2024-07-01 in us-east-1, as `headwaters cost` has them: it says what is taken for granted.',
    '',
    '## Accepted findings',
    '',
    '- new place under an old decision on `A-K1`, `B-K1`, somebody@example.com, until 2027-11-20: `Headwaters-<env>-Domain-energy/Readings` (dev, prod)',
    '  - the log of a log would have to be logged, and that without an end',
    '- other reviewBy of `A-S1`, somebody@example.com, until 2027-12-24: `Headwaters-dev-Domain-energy/Logs`',
    '  - the log of a log would have to be logged, and that without an end',
    '',
    '## Other resources',
    '',
    '- changed AWS::IAM::ManagedPolicy: 2 resources',
    '',
    '## To accept a danger',
    '',
    'Only what is meant: an entry under `acceptances` in `accepted-dangers.yaml`, with a reason and an owner, holds for this change and no other.',
    '',
    '<details>',
    '<summary>1 entry</summary>',
    '',
    '```yaml',
    'acceptances:',
    '  - code: StreamRetentionShortened',
    '    resource: Readings',
    '    property: RetentionPeriodHours',
    expect.stringMatching(/^ {4}change: [0-9a-f]{16}$/),
    '    stacks:',
    '      - Headwaters-dev-Domain-energy',
    '      - Headwaters-prod-Domain-energy',
    "    reason: ''",
    "    owner: ''",
    '```',
    '',
    '</details>',
    '',
    '## What this review did not see',
    '',
    '- something',
  ]);
});

/** A key whose policy says something. */
const keyOf = (...Statement: readonly object[]): Templates =>
  new Map([
    [
      'Stack',
      readTemplate(
        JSON.stringify({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement } } } } }),
        'Stack',
      ),
    ],
  ]);
const use = (Principal: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action: 'kms:Decrypt',
  Resource: '*',
  Condition,
});

test.each([
  [
    'a gain',
    [use({ AWS: 'arn:a' })],
    [use({ AWS: 'arn:a' }), use('*', { Bool: { 'aws:a': 'true' } })],
    [
      '  - `OpenedToAnyone`: `kms:Decrypt` on `*`, to `*`, when Bool aws:a `true`: allowed to anybody, within what its condition says',
    ],
  ],
  [
    'a wider condition',
    [use({ AWS: 'arn:a' }, { StringEquals: { 'aws:a': 'b' } })],
    [use({ AWS: 'arn:a' })],
    [
      '  - `ConditionDropped`: `kms:Decrypt` on `*`, to `arn:a`, no longer StringEquals aws:a `b`: allowed under no condition any more',
    ],
  ],
  [
    'a loss',
    [use({ AWS: 'arn:a' }), use({ AWS: 'arn:b' })],
    [use({ AWS: 'arn:a' })],
    ['  - `AccessDropped`: `kms:Decrypt` on `*`, to `arn:b`: no longer allowed; see that nothing needs it'],
  ],
])('%s that is a danger is told once, with all that is known of it', (_, before, after, lines) => {
  const found = review(version('a', { templates: keyOf(...before) }), version('b', { templates: keyOf(...after) }));
  const told = /## Permissions\n\n([^]*?)\n\n##/.exec(renderMarkdown(found, LEVELS))?.[1]?.split('\n') ?? [];
  expect(told).toEqual(['- the policy of `Stack/Key`', ...lines]);
});

test('what bills by itself is in the cost', () => {
  const [one, other] = [new Map(templates(24, 'kinesis:GetRecords')), templates(24, 'kinesis:GetRecords')];
  one.delete('Headwaters-dev-Domain-energy');
  const text = renderMarkdown(review(version('a', { templates: one }), version('b', { templates: other })), LEVELS);
  expect(text).toContain('\nCost a month, without an event: dev 0.00 → 10.95 USD, prod 10.95 USD.\n');
});

test('nothing differs, and nothing more is said', () => {
  const one = version('one', { templates: templates(24, 'kinesis:GetRecords') });
  expect(renderMarkdown(review(one, { ...one, name: 'other' }), LEVELS).split('\n')).toEqual([
    '# Review of other against one',
    '',
    '**Passes.**',
    '',
    'Compared: dev, prod.',
    '',
    'Cost a month, without an event: dev 10.95 USD, prod 10.95 USD.',
    '',
    'Nothing differs.',
  ]);
});

test('what cannot be compared is absent, and not empty', () => {
  const found = review(version('one', { contracts: [] }), version('other'));
  expect([found.contracts, found.ledger]).toEqual([undefined, undefined]);
});

test('a long list names the first and counts the rest', () => {
  const many = (hours: number): Templates =>
    new Map([
      [
        'Stack',
        readTemplate(
          JSON.stringify({
            Resources: Object.fromEntries(
              Array.from({ length: 11 }, (_, index) => [
                `Stream${String(index).padStart(2, '0')}`,
                { Type: 'AWS::Kinesis::Stream', Properties: { RetentionPeriodHours: hours } },
              ]),
            ),
          }),
          'Stack',
        ),
      ],
    ]);
  const text = renderMarkdown(review(version('a', { templates: many(48) }), version('b', { templates: many(24) })), LEVELS);
  expect(text).toContain('`Stack/Stream07` and 3 more');
  expect(text.split('## To accept')[0]).not.toContain('Stream08');
});

describe('contracts', () => {
  const base = contractDocument();
  const required = changed(base, columnPath('counter', 'required'), true);

  test.each([
    ['a major version', { ...required, version: '2.0.0' }, false],
    ['a minor version', { ...required, version: '1.3.0' }, true],
    ['the same version', required, true],
  ])('a breaking change in %s', (_, after, isUnannounced) => {
    const [change] = contractsOf([product(base)], [product(after)]).contracts ?? [];
    expect(change?.isUnannounced).toBe(isUnannounced);
    expect(change?.changes.map(({ code }) => code)).toEqual(['ColumnMadeRequired']);
  });

  test('a draft promises nothing', () => {
    const [draft, after] = [product({ ...base, status: 'draft' }), product({ ...required, status: 'draft' })];
    expect(contractsOf([draft], [after]).contracts?.map(({ isUnannounced }) => isUnannounced)).toEqual([false]);
  });

  test('a product that is gone breaks, unless it was retired', () => {
    expect(contractsOf([product(base)], []).contracts).toEqual([
      { name: 'energy/readings', before: '1.2.3', changes: [], isUnannounced: true, dangers: [] },
    ]);
    expect(countLevels(contractsOf([product({ ...base, status: 'retired' })], [])).get('breaking')).toBe(undefined);
  });

  test('a new product is told, and one that did not change is not', () => {
    expect(contractsOf([], [product(base)]).contracts).toEqual([
      { name: 'energy/readings', after: '1.2.3', changes: [], isUnannounced: false, dangers: [] },
    ]);
    expect(contractsOf([product(base)], [product(base)]).contracts).toEqual([]);
  });
});

describe('a protection that a new major version removes', () => {
  const clear = changed({ ...contractDocument(), version: '2.0.0' }, columnPath('contact', 'customProperties'), undefined);
  const before = version('main', { contracts: [product(contractDocument())], acceptances: [] });
  const after = version('here', { contracts: [product(changed(clear, columnPath('contact', 'classification'), 'internal'))] });
  const found = review(before, after);
  const accepting = found.acceptances.drafts.map((draft) => ({ ...draft, reason: 'it is public', owner: 'energy@example.com' }));

  test('fails, and is shown with what would accept it', () => {
    expect([...countLevels(found)]).toEqual([['weakening', 2]]);
    const lines = renderMarkdown(found, DEFAULT_LEVELS).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '**Fails**: 2 weakening.',
        '- **opened** contract `energy/readings`',
        "  - `ProtectionWeakened`: 'readings.contact' from 'mask' to none: more of each value is stored and seen than before",
        '  - code: ProtectionWeakened',
        '    contract: energy/readings',
        '    property: readings.contact',
      ]),
    );
    expect(lines.join('\n').split('```yaml')[1]).not.toContain('stacks:');
  });

  test('passes where it is accepted, with the reason', () => {
    const accepted = review(before, { ...after, acceptances: accepting });
    expect([...countLevels(accepted)]).toEqual([]);
    expect(renderMarkdown(accepted, DEFAULT_LEVELS)).toContain('  - accepted by energy@example.com: it is public');
  });

  test('is accepted for this change alone', () => {
    const earlier = review({ ...before, acceptances: accepting }, { ...after, acceptances: accepting });
    expect([...countLevels(earlier)]).toEqual([['weakening', 2]]);
    const other = review(before, { ...before, name: 'here', acceptances: accepting });
    expect([...countLevels(other)]).toEqual([['stale', 2]]);
    expect(renderMarkdown(other, DEFAULT_LEVELS)).toContain('- **stale** `ProtectionWeakened`');
  });

  test('is not asked for where contracts are not compared', () => {
    const templatesAlone = review(version('main', { acceptances: [] }), { ...after, acceptances: accepting });
    expect([...countLevels(templatesAlone)]).toEqual([]);
  });
});

describe('--fail-on', () => {
  test('its default holds dangers and unannounced breaks against a change', () => {
    expect(DEFAULT_LEVELS).toEqual(['deletion', 'replacement', 'shortening', 'weakening', 'unknown', 'breaking', 'stale']);
  });

  test.each([
    ['none', []],
    ['any', [...DEFAULT_LEVELS, 'permissions', 'cost', 'findings']],
    ['cost, deletion', ['cost', 'deletion']],
  ])('%s', (text, levels) => {
    expect(parseLevels(text)).toEqual(levels);
  });

  test.each([
    ['any,cost', "'any' alone, as it means every level, got 'any,cost'; leave out 'any', or 'cost'"],
    ['cost, none', "'none' alone, as it means no level, got 'cost, none'; leave out 'none', or 'cost'"],
    ['any,none', "'any' alone, as it means every level, got 'any,none'; leave out 'any', or 'none'"],
  ])("fails on '%s', of which one excludes the other", (text, says) => {
    expect(() => parseLevels(text)).toThrow(`LevelsExclude: '--fail-on' must name ${says}`);
  });

  test.each(['deletions', '', 'any,coast', 'cost,'])("fails on '%s'", (text) => {
    expect(() => parseLevels(text)).toThrow("UnknownLevel: '--fail-on' must be of deletion, replacement,");
  });

  test('a bill that grows is counted, and one that shrinks is not', () => {
    const [day, week] = [24, 168].map((hours) => version('', { templates: templates(hours, []) }));
    if (day === undefined || week === undefined) throw new Error('both are there');
    expect(countLevels(review(day, week)).get('cost')).toBe(1);
    expect(countLevels(review(week, day)).get('cost')).toBe(undefined);
  });
});
