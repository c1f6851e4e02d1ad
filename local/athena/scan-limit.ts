import { QueryError } from './sql/query-error.ts';

/** A query that reads more than its workgroup allows: Athena cancels it. @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html */
export class ScanLimitExceeded extends QueryError {
  constructor() {
    super('Bytes scanned limit was exceeded');
  }
}
