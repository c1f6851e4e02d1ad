import { sendRaw } from '../endpoint/raw.ts';
import type { Credentials } from '../../../local/iam/index.ts';

/** Asks DynamoDB over the endpoint, as a client does that speaks AWS JSON 1.0. */
export async function call(
  endpoint: string,
  credentials: Pick<Credentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>,
  operation: string,
  input: object,
  prefix = 'DynamoDB_20120810',
): Promise<{ readonly status: number | undefined; readonly body: Readonly<Record<string, unknown>> }> {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `${prefix}.${operation}` };
  const { status, text } = await sendRaw(
    endpoint,
    credentials,
    { headers, body: JSON.stringify(input) },
    { service: 'dynamodb' },
  );
  return { status, body: JSON.parse(text) as Record<string, unknown> };
}
