import { ACCOUNT } from '../../iam/account.ts';
import { refused } from '../../iam/refused.ts';
import { base64, DAY, keyArn, keyId, kms } from '../../kms/rig.ts';
import type { FactTable } from '../fact.ts';
import { recorded } from '../recorded.ts';

const GUIDE = 'https://docs.aws.amazon.com/kms/latest/developerguide';
const API = 'https://docs.aws.amazon.com/kms/latest/APIReference';
const STATES = `${GUIDE}/key-state.html`;
const Plaintext = base64('a secret');

/** What keys are called, and what becomes of them. */
export const kmsKeys: FactTable = {
  service: 'KMS',
  facts: [
    {
      says: 'an alias, its ARN, the key’s id and its ARN name one key; what names none is a NotFoundException',
      basis: 'documented',
      source: `${API}/API_DescribeKey.html`,
      holds: async () => {
        const { call, outcome, service } = kms();
        service.createAlias('alias/lake', keyId());
        const aliasArn = `arn:aws:kms:us-east-1:${ACCOUNT}:alias/lake`;
        for (const KeyId of ['alias/lake', aliasArn, keyId(), keyArn()])
          expect(await call('DescribeKey', { KeyId })).toMatchObject({ KeyMetadata: { KeyId: keyId(), Arn: keyArn() } });
        for (const KeyId of ['alias/none', keyId(7), keyArn(7)])
          expect(await outcome('DescribeKey', { KeyId })).toMatch(/^NotFoundException/);
      },
    },
    {
      says: 'a key that is not there is a NotFoundException in the ARN’s words, to who may use any key through another service too; an id of another form is Invalid',
      basis: 'observed',
      source: recorded('s3/test_s3'),
      holds: async () => {
        const { check, outcome, operator, user } = kms();
        const missing = `NotFoundException: Key '${keyArn(7)}' does not exist`;
        expect(await outcome('Encrypt', { Plaintext, KeyId: keyId(7) })).toBe(missing);
        expect(check(operator, 'kms:GenerateDataKey', keyArn(7))).toBe(missing);
        expect(check(user('writer', ['kms:GenerateDataKey']), 'kms:GenerateDataKey', keyArn(7))).toBe(missing);
        expect(check(user('reader', ['kms:Decrypt']), 'kms:GenerateDataKey', keyArn(7))).toMatch(/^AccessDeniedException/);
        expect(await outcome('Encrypt', { Plaintext, KeyId: 'fake-key-id' })).toBe(
          "NotFoundException: Invalid keyId 'fake-key-id'",
        );
      },
    },
    {
      says: 'a disabled key answers DisabledException until it is enabled, to whoever asks for its use through another service too',
      basis: 'documented',
      source: STATES,
      holds: async () => {
        const { call, check, outcome, user } = kms();
        const { CiphertextBlob } = await call('Encrypt', { Plaintext });
        const reader = user('reader', ['kms:Decrypt']);
        await call('DisableKey');
        expect(await outcome('Decrypt', { CiphertextBlob })).toBe(`DisabledException: ${keyArn()} is disabled.`);
        expect(check(reader, 'kms:Decrypt', keyArn())).toBe(`DisabledException: ${keyArn()} is disabled.`);
        expect(await call('DescribeKey')).toMatchObject({ KeyMetadata: { KeyState: 'Disabled', Enabled: false } });
        await call('EnableKey');
        expect(await outcome('Decrypt', { CiphertextBlob })).toBe('allowed');
      },
    },
    {
      says: 'a key is deleted 7 to 30 days after it is asked, 30 by default; it cannot be used meanwhile, and is gone afterwards',
      basis: 'documented',
      source: `${GUIDE}/deleting-keys.html`,
      holds: async () => {
        const { call, clock, outcome } = kms();
        for (const PendingWindowInDays of [6, 31])
          expect(await outcome('ScheduleKeyDeletion', { PendingWindowInDays })).toMatch(/^ValidationException/);
        expect(await call('ScheduleKeyDeletion', {})).toMatchObject({
          KeyState: 'PendingDeletion',
          PendingWindowInDays: 30,
          DeletionDate: (clock.now() + 30 * DAY) / 1000,
        });
        expect(await outcome('Encrypt', { Plaintext })).toBe(`KMSInvalidStateException: ${keyArn()} is pending deletion.`);
        expect(await outcome('EnableKey')).toMatch(/^KMSInvalidStateException/);
        await clock.advance(30 * DAY - 1);
        expect(await outcome('DescribeKey')).toBe('allowed');
        await clock.advance(1);
        expect(await outcome('DescribeKey')).toMatch(/^NotFoundException/);
      },
    },
    {
      says: 'a key whose deletion is cancelled is left disabled',
      basis: 'documented',
      source: `${API}/API_CancelKeyDeletion.html`,
      holds: async () => {
        const { call, outcome } = kms();
        expect(await outcome('CancelKeyDeletion')).toBe(`KMSInvalidStateException: ${keyArn()} is not pending deletion.`);
        await call('ScheduleKeyDeletion', { PendingWindowInDays: 7 });
        await call('CancelKeyDeletion');
        expect(await call('DescribeKey')).toMatchObject({ KeyMetadata: { KeyState: 'Disabled' } });
      },
    },
    {
      says: 'a key that is rotated tells its period and the date of the next rotation; one that is not tells neither',
      basis: 'documented',
      source: `${API}/API_GetKeyRotationStatus.html`,
      holds: async () => {
        const { call, clock } = kms({ rotationDays: 365 });
        const begun = clock.now();
        await clock.advance(400 * DAY);
        expect(await call('GetKeyRotationStatus')).toEqual({
          KeyId: keyArn(),
          KeyRotationEnabled: true,
          RotationPeriodInDays: 365,
          NextRotationDate: (begun + 730 * DAY) / 1000,
        });
        expect(await kms().call('GetKeyRotationStatus')).toEqual({ KeyId: keyArn(), KeyRotationEnabled: false });
      },
    },
    {
      says: 'DescribeKey names the material that a key has now, by 64 hexadecimal digits',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: async () => {
        const { call } = kms();
        const CurrentKeyMaterialId = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
        expect(await call('DescribeKey')).toMatchObject({ KeyMetadata: { CurrentKeyMaterialId } });
      },
    },
    {
      says: 'a rotation gives a key new material; what it sealed before opens with the old, and Decrypt tells which it was',
      basis: 'documented',
      source: `${GUIDE}/rotate-keys.html`,
      holds: async () => {
        const { call, clock } = kms({ rotationDays: 90 });
        const current = async () =>
          ((await call('DescribeKey')).KeyMetadata as { CurrentKeyMaterialId: string }).CurrentKeyMaterialId;
        const first = await current();
        const { CiphertextBlob } = await call('Encrypt', { Plaintext });
        await clock.advance(90 * DAY);
        const second = await current();
        expect(second).not.toBe(first);
        expect(await call('Decrypt', { CiphertextBlob })).toMatchObject({ Plaintext, KeyMaterialId: first });
        const moved = await call('ReEncrypt', { CiphertextBlob, DestinationKeyId: keyId() });
        expect(moved).toMatchObject({ SourceKeyMaterialId: first, DestinationKeyMaterialId: second });
        expect(await call('GenerateDataKey', { KeySpec: 'AES_256' })).toMatchObject({ KeyMaterialId: second });
      },
    },
    {
      says: 'a key’s tags are listed as keys and values, and are the condition key aws:ResourceTag',
      basis: 'documented',
      source: `${GUIDE}/abac.html`,
      holds: async () => {
        const { call, outcome, role } = kms({ tags: { team: 'sales', stage: 'prod' } });
        expect(await call('ListResourceTags', { Limit: 1 })).toMatchObject({
          Tags: [{ TagKey: 'team', TagValue: 'sales' }],
          Truncated: true,
        });
        const allow = (team: string) => [
          { Action: 'kms:Encrypt', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': team } } },
        ];
        expect(await outcome('Encrypt', { Plaintext }, role('seller', { allows: allow('sales') }))).toBe('allowed');
        expect(await outcome('Encrypt', { Plaintext }, role('buyer', { allows: allow('ops') }))).toMatch(/^AccessDenied/);
      },
    },
    {
      says: 'a key has one policy, whose name is default',
      basis: 'documented',
      source: `${API}/API_ListKeyPolicies.html`,
      holds: async () => {
        const { call, outcome, user } = kms();
        expect(await call('ListKeyPolicies')).toEqual({ PolicyNames: ['default'], Truncated: false });
        expect(await outcome('ListKeyPolicies', {}, user('reader', ['kms:GetKeyPolicy']))).toContain('kms:ListKeyPolicies');
      },
    },
    {
      says: 'an alias that does not begin with alias/ is a ValidationException that says where names are explained',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: () => {
        const { service } = kms();
        expect(
          refused(() => {
            service.createAlias('lake', keyId());
          }),
        ).toMatchObject({
          code: 'ValidationException',
          message:
            'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
        });
      },
    },
    {
      says: 'ListAliases and ListKeys are answered in pages of the length asked for, with a marker to go on',
      basis: 'documented',
      source: `${API}/API_ListKeys.html`,
      holds: async () => {
        const { call, create, outcome } = kms();
        create(2);
        create(3);
        const first = await call('ListKeys', { Limit: 2 });
        expect(first).toMatchObject({ Keys: [{ KeyId: keyId(1) }, { KeyId: keyId(2) }], Truncated: true });
        const rest = await call('ListKeys', { Limit: 2, Marker: first.NextMarker });
        expect(rest).toEqual({ Keys: [{ KeyId: keyId(3), KeyArn: keyArn(3) }], Truncated: false });
        for (const Marker of ['nonsense', '!!!!'])
          expect(await outcome('ListKeys', { Marker })).toMatch(/^InvalidMarkerException/);
      },
    },
    {
      says: 'who manages a key, its grants or its aliases names it by id or ARN: an alias is a NotFoundException, as for a key that is not there',
      basis: 'documented',
      source: `${API}/API_ScheduleKeyDeletion.html#API_ScheduleKeyDeletion_RequestParameters`,
      holds: async () => {
        const { outcome, service } = kms();
        service.createAlias('alias/lake', keyId());
        const grant = { GranteePrincipal: `arn:aws:iam::${ACCOUNT}:root`, Operations: ['Decrypt'], GrantId: 'g' };
        const keys = [
          'CancelKeyDeletion',
          'DisableKey',
          'EnableKey',
          'GetKeyPolicy',
          'GetKeyRotationStatus',
          'ListKeyPolicies',
          'ListResourceTags',
          'ScheduleKeyDeletion',
        ];
        for (const operation of [...keys, 'CreateGrant', 'ListAliases', 'ListGrants', 'RevokeGrant']) {
          for (const KeyId of ['alias/lake', `arn:aws:kms:us-east-1:${ACCOUNT}:alias/lake`])
            expect([operation, await outcome(operation, { ...grant, KeyId })]).toEqual([
              operation,
              `NotFoundException: Invalid keyId ${KeyId}`,
            ]);
        }
      },
    },
    {
      says: 'a key that is pending deletion is not rotated: GetKeyRotationStatus says so until the deletion is cancelled',
      basis: 'documented',
      source: `${API}/API_GetKeyRotationStatus.html`,
      holds: async () => {
        const { call } = kms({ rotationDays: 90 });
        await call('DisableKey');
        expect(await call('GetKeyRotationStatus')).toMatchObject({ KeyRotationEnabled: true });
        await call('ScheduleKeyDeletion');
        expect(await call('GetKeyRotationStatus')).toEqual({ KeyId: keyArn(), KeyRotationEnabled: false });
        await call('CancelKeyDeletion');
        expect(await call('GetKeyRotationStatus')).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 90 });
      },
    },
  ],
};
