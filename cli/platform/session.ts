import { AthenaClient } from '@aws-sdk/client-athena';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** Where the platform runs, and who we are before we take a role: an endpoint on this machine, or nothing of it on AWS. */
export interface Place {
  readonly endpoint: string;
  readonly region: string;
  readonly operator: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** Clients of one role. */
export interface RoleClients {
  readonly kinesis: KinesisClient;
  readonly firehose: FirehoseClient;
  readonly athena: AthenaClient;
  readonly s3: S3Client;
  close(): void;
}

/** Assumes a role, as anybody would on AWS. @throws the service's AccessDenied */
export async function assume(place: Place, roleArn: string, sessionName: string): Promise<RoleClients> {
  const { endpoint, region } = place;
  const sts = new STSClient({ endpoint, region, credentials: place.operator });
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName }));
  sts.destroy();
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const options = { endpoint, region, credentials };
  // the client's own choice is a connection for each call
  const kinesis = new KinesisClient({ ...options, requestHandler: { disableConcurrentStreams: false } });
  const firehose = new FirehoseClient(options);
  const athena = new AthenaClient(options);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  return {
    kinesis,
    firehose,
    athena,
    s3,
    close: () => {
      kinesis.destroy();
      firehose.destroy();
      athena.destroy();
      s3.destroy();
    },
  };
}
