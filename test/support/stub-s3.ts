import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface Stored {
  readonly key: string;
  readonly body?: Buffer;
  readonly storageClass?: string;
}

/** An S3 whose one bucket holds these objects, listed two to a page. */
export function stubS3(objects: readonly Stored[]) {
  const asked: string[] = [];
  const send = async (command: unknown): Promise<unknown> => {
    if (command instanceof ListObjectsV2Command) {
      const { Bucket = '', Prefix = '', ContinuationToken = '0' } = command.input;
      asked.push(`list ${Bucket}/${Prefix}`);
      const found = objects.filter(({ key }) => key.startsWith(Prefix));
      const next = Number(ContinuationToken) + 2;
      return {
        Contents: found.slice(next - 2, next).map(({ key, body, storageClass }) => ({
          Key: key,
          Size: body?.length ?? 0,
          ...(storageClass === undefined ? {} : { StorageClass: storageClass }),
        })),
        ...(next < found.length ? { NextContinuationToken: String(next) } : {}),
      };
    }
    if (!(command instanceof GetObjectCommand)) throw new Error('unexpected command');
    const { body } = objects.find(({ key }) => key === command.input.Key) ?? {};
    return { Body: { transformToByteArray: async () => new Uint8Array(body ?? []) } };
  };
  return { client: { send } as unknown as S3Client, asked };
}
