import type { Members } from '../../input.ts';
import { constraint, invalid } from '../errors.ts';
import type { Throughput } from './settings.ts';

/** Units a second that one table may have. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html#default-limits-throughput */
const MOST_UNITS = 40_000;

/** Reads units a second. @throws ServiceError ValidationException */
export function unitsOf(given: Members, path: string): Throughput {
  given.only(['ReadCapacityUnits', 'WriteCapacityUnits']);
  const units = (member: string): number => {
    const name = `${path}.${member.charAt(0).toLowerCase()}${member.slice(1)}`;
    const value = given.optionalNumber(member);
    if (value === undefined) throw constraint(undefined, name, 'Member must not be null');
    if (value < 1) throw constraint(value, name, 'Member must have value greater than or equal to 1');
    if (value > MOST_UNITS) throw invalid(`Given value ${value} for ${member} is out of bounds`);
    return value;
  };
  return { write: units('WriteCapacityUnits'), read: units('ReadCapacityUnits') };
}
