import * as z from 'zod';
import { CustomResourceError } from './custom-resource-error.ts';

/** What a provider has made of a custom resource. */
export interface Answer {
  /** What Ref gives. */
  readonly physicalId: string;
  /** What Fn::GetAtt gives. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Bytes. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const LARGEST = { answer: 4096, physicalId: 1024 } as const;

const shape = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.unknown().optional(),
  StackId: z.unknown().optional(),
  RequestId: z.unknown().optional(),
  LogicalResourceId: z.unknown().optional(),
  Data: z.record(z.string(), z.unknown()).nullish(),
});

/** What an answer must repeat of its request. */
export interface Asked {
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
}

/**
 * Reads what a provider put.
 *
 * @throws {@link CustomResourceError} for a failure that it tells of, and for what CloudFormation does not take as an answer
 */
export function readAnswer(body: string, asked: Asked): Answer {
  if (Buffer.byteLength(body) > LARGEST.answer) throw new CustomResourceError('Response object is too long.');
  const { Status, Reason, PhysicalResourceId: physicalId, Data, ...said } = parse(body);
  for (const name of ['StackId', 'RequestId', 'LogicalResourceId'] as const) {
    if (said[name] !== asked[name]) throw new CustomResourceError(`Invalid ${name}`);
  }
  if (Status === 'FAILED') {
    const told = `Message returned: ${Reason ?? 'See the details in the log of its function'}`;
    throw new CustomResourceError(
      `Received response status [FAILED] from custom resource. ${told} (RequestId: ${asked.RequestId})`,
    );
  }
  if (typeof physicalId !== 'string' || physicalId === '' || Buffer.byteLength(physicalId) > LARGEST.physicalId)
    throw new CustomResourceError('Invalid PhysicalResourceId');
  return { physicalId, data: Data ?? {} };
}

function parse(body: string): z.infer<typeof shape> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new CustomResourceError('Invalid Response object: it is no JSON');
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [fault] = parsed.error.issues;
  throw new CustomResourceError(`Invalid Response object: ${fault?.path.join('.') ?? ''}: ${fault?.message ?? ''}`);
}
