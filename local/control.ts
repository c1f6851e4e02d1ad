import { Members } from './input.ts';
import type { Platform } from './live-platform.ts';
import { ServiceError, type Caller, type JsonService, type Operation } from './service.ts';

/** What the operator does with a platform as a whole: no service of AWS has it. */
export const CONTROL = { name: 'headwaters', targetPrefix: 'Headwaters' } as const;

/** Moves the time of a platform. */
export interface Pace {
  /** Milliseconds since the epoch, simulated. */
  now(): number;
  advance(milliseconds: number): Promise<void>;
}

export interface ControlProps {
  readonly platform: Platform;
  readonly pace: Pace;
  /** Asked to end the run: it may do so once it has answered. */
  readonly stop: () => void;
}

/** What came of a move of the clock. */
export interface Advanced {
  /** Milliseconds since the epoch, simulated. */
  readonly from: number;
  readonly to: number;
  /** Records that reached S3. */
  readonly delivered: number;
  /** Records whose time ran out before. */
  readonly lost: number;
  /** Objects that are there now and were not before; that were and are no more; and that went to another storage class. */
  readonly written: number;
  readonly expired: number;
  readonly moved: number;
  /** Names of alarms that went off, once for each time. */
  readonly alarmed: readonly string[];
}

/** The control of a platform, for its operator alone, signed and sent as any other operation is. */
export const controlService = ({ platform, pace, stop }: ControlProps): JsonService => ({
  ...CONTROL,
  version: '1.1',
  operations: {
    Status: forOperator('Status', async () => ({
      now: pace.now(),
      undelivered: platform.undelivered(),
      lost: platform.lost(),
      ...(platform.faults !== undefined && { faults: platform.faults() }),
      deliveries: platform.deliveries(),
      alarms: platform.alarms(),
      outputs: platform.outputs,
    })),
    Inventory: forOperator('Inventory', async () => ({ outputs: platform.outputs, ...platform.inventory() })),
    RolesThatMay: forOperator('RolesThatMay', async (input) => {
      const asked = new Members(input);
      return { roles: platform.rolesThatMay(asked.text('action'), asked.text('resource'), asked.textMap('context')) };
    }),
    Advance: forOperator('Advance', async ({ milliseconds }) => {
      if (typeof milliseconds !== 'number' || !Number.isSafeInteger(milliseconds) || milliseconds < 0)
        throw new ServiceError('ValidationException', "'milliseconds' must be a whole number, not below zero");
      return advance(platform, pace, milliseconds);
    }),
    Stop: forOperator('Stop', async () => {
      stop();
      return {};
    }),
  },
});

function forOperator(name: string, run: (input: Readonly<Record<string, unknown>>) => Promise<object>): Operation {
  return async (input, { arn, roleArn }: Caller) => {
    if (roleArn !== undefined)
      throw new ServiceError(
        'AccessDeniedException',
        `User: ${arn} is not authorized to perform: ${CONTROL.name}:${name}; only the operator is`,
      );
    return run(input);
  };
}

async function advance(platform: Platform, pace: Pace, milliseconds: number): Promise<Advanced> {
  const look = () => ({ delivered: platform.delivered(), lost: platform.lost(), objects: platform.objects() });
  const from = pace.now();
  const before = look();
  const earlier = platform.alarmed().length;
  await pace.advance(milliseconds);
  const after = look();
  const kept = [...before.objects].filter(([key]) => after.objects.has(key));
  return {
    from,
    to: pace.now(),
    delivered: after.delivered - before.delivered,
    lost: after.lost - before.lost,
    written: after.objects.size - kept.length,
    expired: before.objects.size - kept.length,
    moved: kept.filter(([key, storageClass]) => after.objects.get(key) !== storageClass).length,
    alarmed: platform.alarmed().slice(earlier),
  };
}
