import type { Duration } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { InvalidProps } from './invalid-props.ts';

/** S3 lets objects expire after whole days. A token is taken as it is. @throws {@link InvalidProps} `NotWholeDays` */
export function refusePartDays(scope: IConstruct, prop: string, duration: Duration | undefined): void {
  if (duration === undefined || duration.isUnresolved()) return;
  const days = duration.toDays({ integral: false });
  if (Number.isInteger(days) && days >= 1) return;
  const remedy = `give Duration.days(${Math.max(1, Math.ceil(days))})`;
  throw new InvalidProps('NotWholeDays', scope, `'${prop}' must be whole days, at least 1, got ${days}; ${remedy}`);
}
