import * as z from 'zod';
import { CONTROL, type Advanced } from '../../local/control.ts';
import { CommandError } from '../command-error.ts';
import type { Run } from './home.ts';
import { post } from './signed-request.ts';

const delivery = z.object({
  name: z.string(),
  source: z.string().optional(),
  undelivered: z.number(),
  lost: z.number(),
  blocked: z.boolean(),
});
const alarm = z.object({
  name: z.string(),
  state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
  reason: z.string(),
  since: z.number(),
  lacks: z.string().optional(),
});
/** @see FaultCount */
const faultCount = z.object({
  at: z.string(),
  fault: z.string(),
  where: z.string().optional(),
  line: z.number().optional(),
  met: z.number(),
  taken: z.number(),
});
export type FaultView = z.infer<typeof faultCount>;
const status = z.object({
  now: z.number(),
  undelivered: z.number(),
  lost: z.number(),
  /** Absent where nothing is meant to go wrong. */
  faults: z.array(faultCount).optional(),
  deliveries: z.array(delivery),
  alarms: z.array(alarm),
  outputs: z.record(z.string(), z.record(z.string(), z.string())),
});
/** What a running platform tells of itself. */
export type RunStatus = z.infer<typeof status>;

const named = z.object({ name: z.string(), arn: z.string() });
const inventory = z.object({
  outputs: z.record(z.string(), z.record(z.string(), z.string())),
  streams: z.array(named),
  deliveries: z.array(
    z.object({
      name: z.string(),
      arn: z.string(),
      roleArn: z.string(),
      streamArn: z.string().optional(),
      bucket: z.string(),
      prefix: z.string(),
      table: z.object({ database: z.string(), name: z.string(), arn: z.string() }).optional(),
    }),
  ),
  workGroups: z.array(named),
  roles: z.array(z.object({ arn: z.string(), tags: z.record(z.string(), z.string()) })),
});
const roles = z.object({ roles: z.array(z.string()) });

const advanced: z.ZodType<Advanced> = z.object({
  from: z.number(),
  to: z.number(),
  delivered: z.number(),
  lost: z.number(),
  written: z.number(),
  expired: z.number(),
  moved: z.number(),
  alarmed: z.array(z.string()),
});
const refusal = z.object({ __type: z.string(), message: z.string() });

/** How long a platform may take to say how it is, in milliseconds: it may be in the middle of a query. */
const PATIENCE = 30_000;

/** The operator's own operations on a running platform. */
export class ControlClient {
  constructor(private readonly run: Pick<Run, 'endpoint' | 'region' | 'operator'>) {}

  /** @throws {@link CommandError} `NotAnswering` */
  async status(): Promise<RunStatus> {
    return status.parse(await this.send('Status', {}, PATIENCE));
  }

  /** What its templates have made. @throws {@link CommandError} `NotAnswering` */
  async inventory(): Promise<z.infer<typeof inventory>> {
    return inventory.parse(await this.send('Inventory', {}, PATIENCE));
  }

  /** ARNs of the roles that can be taken and whose policies allow an action. @throws {@link CommandError} `NotAnswering` */
  async rolesThatMay(action: string, resource: string, context = {}): Promise<readonly string[]> {
    return roles.parse(await this.send('RolesThatMay', { action, resource, context }, PATIENCE)).roles;
  }

  /** Takes as long as what falls due on the way. @throws {@link CommandError} `NotAnswering` */
  async advance(milliseconds: number): Promise<Advanced> {
    return advanced.parse(await this.send('Advance', { milliseconds }));
  }

  /** @throws {@link CommandError} `NotAnswering` */
  async stop(): Promise<void> {
    await this.send('Stop', {}, PATIENCE);
  }

  private async send(operation: string, input: object, patience?: number): Promise<unknown> {
    const { endpoint, region, operator } = this.run;
    const { status: code, text } = await post(
      { endpoint, region, keys: operator },
      {
        service: CONTROL.name,
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `${CONTROL.targetPrefix}.${operation}` },
        body: JSON.stringify(input),
        patience,
      },
    );
    const answer: unknown = JSON.parse(text);
    if (code === 200) return answer;
    const { __type, message } = refusal.parse(answer);
    throw new CommandError(__type, message);
  }
}
