import type { Services } from './assembly/resource-type.ts';
import type { JsonService } from './service.ts';

/** The services of AWS that speak JSON: the endpoint serves their operations, and state machines call them. */
export const jsonServices = (
  services: Pick<
    Services,
    | 'kinesis'
    | 'firehose'
    | 'glue'
    | 'athena'
    | 'secrets'
    | 'kms'
    | 'states'
    | 'cloudwatch'
    | 'queues'
    | 'events'
    | 'ssm'
    | 'tables'
  >,
): readonly JsonService[] => {
  const { kinesis, firehose, glue, athena, secrets, kms, states, cloudwatch, queues, events, ssm, tables } = services;
  const one = [kinesis, firehose, glue, athena, secrets, kms, states, cloudwatch, queues, events, ssm, tables];
  return [...one.map(({ service }) => service), tables.streams];
};
