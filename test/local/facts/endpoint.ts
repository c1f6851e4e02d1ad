import { ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../local/iam/index.ts';
import { SimulatedClock } from '../../../local/clock.ts';
import { Secrets } from '../../../local/secrets/secrets.ts';
import { overAmzCbor } from '../endpoint/over-amz-cbor.ts';
import { overJson } from '../endpoint/over-json.ts';
import { sendRaw, type Raw, type SendOptions } from '../endpoint/raw.ts';
import { rejection, running } from '../endpoint/running.ts';
import { ACCOUNT } from '../iam/account.ts';
import { caller, kinesis } from '../kinesis/rig.ts';
import { keyId, kms } from '../kms/rig.ts';
import type { FactTable } from './fact.ts';
import { recorded } from './recorded.ts';

type Local = Awaited<ReturnType<typeof running>>;

/** Shows something on an endpoint of its own. */
const on = (show: (local: Local) => Promise<void>) => async (): Promise<void> => {
  const local = await running();
  try {
    await show(local);
  } finally {
    await local.stop();
  }
};

const STREAMS: Raw = {
  headers: { 'x-amz-target': 'Kinesis_20131202.PutRecords', 'content-type': 'application/x-amz-json-1.1' },
  body: '{"StreamName":"s","Records":[]}',
};
const IDENTITY: Raw = {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
};
const OBJECT: Raw = { method: 'GET', path: '/lake/k' };

const minutesAgo = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const send = ({ url, sessions }: Local, raw: Raw, options: SendOptions = {}) =>
  sendRaw(url, sessions.operator.credentials, raw, options);
const expired = ({ sessions }: Local): Credentials => sessions.credentialsFor(sessions.operator.caller, -1).credentials;
const unknown: Credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' };
const errorOf = (text: string): unknown => JSON.parse(text);
const put = ({ s3, sessions }: Local): void => {
  s3.put(sessions.operator.caller, 'lake', 'k', Buffer.from('bytes'));
};

export const endpoint: FactTable = {
  service: 'Requests and signatures',
  facts: [
    {
      says: 'Kinesis refuses a signature that is over 5 minutes old with InvalidSignatureException, and names both times and the 5 min',
      basis: 'observed',
      source: 'https://github.com/osquery/osquery/issues/3593',
      holds: on(async (local) => {
        expect((await send(local, STREAMS, { at: minutesAgo(4.5) })).status).toBe(200);
        const { status, text } = await send(local, STREAMS, { at: minutesAgo(6) });
        expect(status).toBe(400);
        expect(errorOf(text)).toEqual({
          __type: 'InvalidSignatureException',
          message: expect.stringMatching(
            /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 5 min\.\)$/,
          ) as string,
        });
      }),
    },
    {
      says: 'Kinesis refuses a signature that is over 5 minutes ahead as not yet current',
      basis: 'observed',
      source: 'https://github.com/s12v/awsbeats/issues/48',
      holds: on(async (local) => {
        const { text } = await send(local, STREAMS, { at: minutesAgo(-6) });
        expect(errorOf(text)).toMatchObject({
          __type: 'InvalidSignatureException',
          message: expect.stringMatching(/^Signature not yet current: .* is still later than .* \+ 5 min\.\)$/) as string,
        });
      }),
    },
    {
      says: 'STS bears with a signature for 15 minutes, and refuses an older one with SignatureDoesNotMatch',
      basis: 'observed',
      source: 'https://github.com/aws/aws-cli/issues/6676',
      holds: on(async (local) => {
        expect((await send(local, IDENTITY, { service: 'sts', at: minutesAgo(14) })).status).toBe(200);
        const { status, text } = await send(local, IDENTITY, { service: 'sts', at: minutesAgo(16) });
        expect(status).toBe(403);
        expect(text).toMatch(/<Code>SignatureDoesNotMatch<\/Code><Message>Signature expired: .* - 15 min\.\)<\/Message>/);
      }),
    },
    {
      says: 'S3 bears with a signature for 15 minutes, and refuses an older one with RequestTimeTooSkewed and 403',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList',
      holds: on(async (local) => {
        put(local);
        expect((await send(local, OBJECT, { service: 's3', at: minutesAgo(14) })).status).toBe(200);
        const { status, text } = await send(local, OBJECT, { service: 's3', at: minutesAgo(16) });
        expect(status).toBe(403);
        expect(text).toContain('<Code>RequestTimeTooSkewed</Code>');
      }),
    },
    {
      says: 'A JSON service answers a key that it does not know with UnrecognizedClientException and 400',
      basis: 'observed',
      source: 'https://github.com/baopham/laravel-dynamodb/issues/228',
      holds: on(async (local) => {
        expect(await rejection(local.kinesisClient(unknown).send(new ListStreamsCommand({})))).toEqual({
          name: 'UnrecognizedClientException',
          message: 'The security token included in the request is invalid.',
          status: 400,
        });
      }),
    },
    {
      says: 'STS answers a key that it does not know with InvalidClientTokenId and 403, and names one request id in header and body',
      basis: 'observed',
      source: 'https://github.com/aws-azure-login/aws-azure-login/issues/251',
      holds: on(async (local) => {
        const { status, headers, text } = await sendRaw(local.url, unknown, IDENTITY, { service: 'sts' });
        expect(status).toBe(403);
        expect(text).toContain('<Type>Sender</Type><Code>InvalidClientTokenId</Code>');
        expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
        expect(text).toContain(`<RequestId>${String(headers['x-amzn-requestid'])}</RequestId>`);
      }),
    },
    {
      says: 'S3 answers a key that it does not know with InvalidAccessKeyId and 403',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList',
      holds: on(async (local) => {
        expect(await rejection(local.s3Client(unknown).send(new ListBucketsCommand({})))).toEqual({
          name: 'InvalidAccessKeyId',
          message: 'The AWS Access Key Id you provided does not exist in our records.',
          status: 403,
        });
      }),
    },
    {
      says: 'Athena and its like answer an expired session with ExpiredTokenException and 400',
      basis: 'observed',
      source: 'https://github.com/DyfanJones/noctua/issues/202',
      holds: on(async (local) => {
        expect(await rejection(local.kinesisClient(expired(local)).send(new ListStreamsCommand({})))).toEqual({
          name: 'ExpiredTokenException',
          message: 'The security token included in the request is expired',
          status: 400,
        });
      }),
    },
    {
      says: 'Services over forms answer an expired session with ExpiredToken',
      basis: 'observed',
      source: 'https://github.com/aws-samples/aws-iot-twinmaker-samples/issues/147',
      holds: on(async (local) => {
        expect(await rejection(local.stsClient(expired(local)).send(new GetCallerIdentityCommand({})))).toEqual({
          name: 'ExpiredToken',
          message: 'The security token included in the request is expired',
          status: 403,
        });
      }),
    },
    {
      says: 'S3 answers an expired session with ExpiredToken, 400 and words of its own',
      basis: 'observed',
      source: 'https://github.com/ibi-group/datatools-ui/issues/10',
      holds: on(async (local) => {
        expect(await rejection(local.s3Client(expired(local)).send(new ListBucketsCommand({})))).toEqual({
          name: 'ExpiredToken',
          message: 'The provided token has expired.',
          status: 400,
        });
      }),
    },
    {
      says: 'STS answers a wrong signature with SignatureDoesNotMatch and the advice to check secret and method',
      basis: 'observed',
      source: 'https://github.com/devsecops/bootcamp/issues/118',
      holds: on(async (local) => {
        const wrong = { ...local.sessions.operator.credentials, secretAccessKey: 'x' };
        const command = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/r', RoleSessionName: 'session' });
        expect(await rejection(local.stsClient(wrong).send(command))).toMatchObject({
          name: 'SignatureDoesNotMatch',
          message: expect.stringMatching(
            /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret/,
          ) as string,
          status: 403,
        });
      }),
    },
    {
      says: 'A JSON service answers a request without a signature with MissingAuthenticationTokenException and 400',
      basis: 'observed',
      source: 'https://github.com/amazon-archives/aws-dynamodb-session-tomcat/issues/42',
      holds: on(async (local) => {
        const { status, text } = await send(local, STREAMS, { tamper: () => STREAMS });
        expect(status).toBe(400);
        expect(errorOf(text)).toEqual({
          __type: 'MissingAuthenticationTokenException',
          message: 'Request is missing Authentication Token',
        });
      }),
    },
    {
      says: 'A URL that was signed for S3 opens more than once until its time is over, and then answers AccessDenied and 403',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html',
      holds: on(async (local) => {
        put(local);
        const url: SendOptions = { service: 's3', expiresIn: 3600, at: minutesAgo(50) };
        const twice = [await send(local, OBJECT, url), await send(local, OBJECT, url)];
        expect(twice).toMatchObject([
          { status: 200, text: 'bytes' },
          { status: 200, text: 'bytes' },
        ]);
        const { status, text } = await send(local, OBJECT, { ...url, at: minutesAgo(61) });
        expect(status).toBe(403);
        expect(text).toContain('<Code>AccessDenied</Code><Message>Request has expired</Message>');
      }),
    },
    {
      says: 'A URL may be signed for 604800 seconds at most; more is an AuthorizationQueryParametersError',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html',
      holds: on(async (local) => {
        put(local);
        const url: SendOptions = { service: 's3', expiresIn: 604_800 };
        expect((await send(local, OBJECT, url)).status).toBe(200);
        const longer = (raw: Raw): Raw => ({ ...raw, path: (raw.path ?? '').replace('Expires=604800', 'Expires=604801') });
        const { status, text } = await send(local, OBJECT, { ...url, tamper: longer });
        expect(status).toBe(400);
        expect(text).toContain('<Code>AuthorizationQueryParametersError</Code>');
      }),
    },
    {
      says: 'A URL that was signed with a temporary token ends with the token, however long it was signed for',
      basis: 'documented',
      source: 'https://repost.aws/knowledge-center/presigned-url-s3-bucket-expiration',
      holds: on(async (local) => {
        put(local);
        const session = local.sessions.credentialsFor(local.sessions.operator.caller, 900).credentials;
        const url: SendOptions = { service: 's3', expiresIn: 3600 };
        expect((await sendRaw(local.url, session, OBJECT, url)).status).toBe(200);
        expect((await sendRaw(local.url, expired(local), OBJECT, url)).text).toContain('<Code>ExpiredToken</Code>');
      }),
    },
    {
      says: 'A URL that was signed says nothing of the body, but its key and its headers cannot be changed',
      basis: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html',
      holds: on(async (local) => {
        const upload: Raw = { method: 'PUT', path: '/lake/signed', body: 'any' };
        const url: SendOptions = { service: 's3', expiresIn: 60 };
        expect((await send(local, upload, { ...url, tamper: (raw) => ({ ...raw, method: 'PUT', body: 'other' }) })).status).toBe(
          200,
        );
        expect(local.s3.bucket('lake').get('signed')?.size).toBe(5);
        const elsewhere = (raw: Raw): Raw => ({ ...raw, path: (raw.path ?? '').replace('/signed', '/stolen') });
        expect((await send(local, upload, { ...url, tamper: elsewhere })).text).toContain('<Code>SignatureDoesNotMatch</Code>');
      }),
    },
    {
      says: 'An error of Secrets Manager has its words in Message, as those of Athena and Glue by their APIs; one of KMS in message',
      basis: 'observed',
      source: recorded('secretsmanager/test_secretsmanager'),
      holds: async () => {
        const { iam, operator, service } = kms();
        const parts = { clock: new SimulatedClock(0), access: iam, region: 'us-east-1', accountId: ACCOUNT };
        expect(await overJson(new Secrets(parts).service, 'GetSecretValue', { SecretId: 'none' }, operator)).toEqual({
          __type: 'ResourceNotFoundException',
          Message: "Secrets Manager can't find the specified secret.",
        });
        expect(await overJson(service.service, 'DescribeKey', { KeyId: 'none' }, operator)).toEqual({
          __type: 'NotFoundException',
          message: "Invalid keyId 'none'",
        });
      },
    },
    {
      says: 'An error that says nothing, as InvalidCiphertextException, has no message at all',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: async () => {
        const { operator, service } = kms();
        const CiphertextBlob = Buffer.from('no ciphertext').toString('base64');
        expect(await overJson(service.service, 'Decrypt', { CiphertextBlob, KeyId: keyId() }, operator)).toEqual({
          __type: 'InvalidCiphertextException',
        });
      },
    },
    {
      says: 'Kinesis takes CBOR in the place of JSON, as the SDKs for Java send it, and answers and refuses in it',
      basis: 'observed',
      source: recorded('kinesis/test_kinesis'),
      holds: async () => {
        const { service } = kinesis();
        expect(await overAmzCbor(service.service, 'DescribeStream', { StreamName: 'none' }, caller)).toEqual({
          status: 400,
          contentType: 'application/x-amz-cbor-1.1',
          content: {
            __type: 'ResourceNotFoundException',
            message: `Stream none under account ${ACCOUNT} not found.`,
          },
        });
      },
    },
    {
      says: 'A member that is null is as one that is not there',
      basis: 'observed',
      source: recorded('kms/test_kms'),
      holds: async () => {
        const { operator, service } = kms();
        expect(await overJson(service.service, 'GenerateRandom', { NumberOfBytes: null }, operator)).toEqual({
          __type: 'ValidationException',
          message: 'NumberOfBytes is required.',
        });
      },
    },
  ],
};
