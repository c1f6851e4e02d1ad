import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { answeredWithin } from '../../core/aws/answered-within.ts';
import { SECRET_BYTES } from '../../core/record/protect.ts';

/** Three attempts fit into the ten seconds of a start. @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html */
const ATTEMPT_MS = 2_500;

/** One call at the function's start: no event ever costs a call to KMS or Secrets Manager. */
export async function readSecret(secretArn: string): Promise<string> {
  const client = new SecretsManagerClient(answeredWithin(ATTEMPT_MS));
  const { SecretString: secret = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  if (secret.length < SECRET_BYTES)
    throw new Error(
      `the protection secret must have at least ${SECRET_BYTES} characters, got ${secret.length}; restore the secret that the stack made`,
    );
  return secret;
}
