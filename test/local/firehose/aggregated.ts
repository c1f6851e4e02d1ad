/**
 * Three events that `aws-kinesis-agg` 4.2.8 of AWS has packed, with the partition keys a, b and a; the second has an explicit hash key.
 *
 * @see https://github.com/awslabs/kinesis-aggregation
 */
export const AGGREGATED = Buffer.from(
  '84mawgoBYQoBYhIJMTIzNDU2Nzg5GgwIABoIeyJuIjoxfQoaDggBEAAaCHsibiI6Mn0KGgwIABoIeyJuIjozfQrORmNza3bBt3/9JnBdyUPJ',
  'base64',
);
