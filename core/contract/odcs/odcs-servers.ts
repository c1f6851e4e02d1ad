import * as z from 'zod';

/** What the standard lets a server of each type state, besides what every server may; `!` marks what it must. */
const KEYS = {
  api: 'location!',
  athena: 'stagingDir! schema! catalog regionName',
  azure: 'location! format! delimiter',
  bigquery: 'project! dataset!',
  clickhouse: 'host! port! database!',
  databricks: 'catalog! schema! host',
  denodo: 'host! port! database',
  dremio: 'host! port! schema',
  duckdb: 'database! schema',
  glue: 'account! database! location format',
  cloudsql: 'host! port! database! schema!',
  db2: 'host! port! database! schema',
  hive: 'host! database! port',
  impala: 'host! database! port',
  informix: 'host! database! port',
  kafka: 'host! format',
  kinesis: 'region format',
  local: 'path! format!',
  mysql: 'host! port! database!',
  oracle: 'host! port! serviceName!',
  postgresql: 'host! port! database! schema!',
  postgres: 'host! port! database! schema!',
  presto: 'host! catalog schema',
  pubsub: 'project!',
  redshift: 'database! schema! host region account',
  s3: 'location! endpointUrl format delimiter',
  sftp: 'location! format delimiter',
  snowflake: 'account! database! schema! host port warehouse',
  sqlserver: 'host! database! schema! port',
  synapse: 'host! port! database!',
  trino: 'host! port! catalog! schema!',
  vertica: 'host! port! database! schema!',
  zen: 'host! database! port',
  custom:
    'account catalog database dataset delimiter endpointUrl format host location path port project region regionName schema serviceName stagingDir warehouse stream',
} as const;
type ServerType = keyof typeof KEYS;

/** An absolute address, as RFC 3986 writes those that name a place. */
const ADDRESS =
  /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._~-]*(:\d+)?(\/([a-z0-9._~!$&'()*+,;=:@-]|%[0-9a-f]{2})*)*(\?([a-z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*)?$/i;
/** Keys that hold one; for `stagingDir` the standard asks it of athena alone. */
const addressesOf = (type: ServerType): readonly string[] => [
  'location',
  'endpointUrl',
  ...(type === 'athena' ? ['stagingDir'] : []),
];

const text = z.string().optional();

/** The shape of a server: it is read by people alone, but a file that is accepted must be valid ODCS. */
export const odcsServer = <const Common extends z.ZodRawShape>(common: Common) =>
  z
    .strictObject({
      ...common,
      server: z.string(),
      type: z.enum(Object.keys(KEYS) as [ServerType, ...ServerType[]]),
      description: text,
      environment: text,
      account: text,
      catalog: text,
      database: text,
      dataset: text,
      delimiter: text,
      endpointUrl: text,
      format: text,
      host: text,
      location: text,
      path: text,
      port: z.number().int().optional(),
      project: text,
      region: text,
      regionName: text,
      schema: text,
      serviceName: text,
      stagingDir: text,
      stream: text,
      warehouse: text,
    })
    .superRefine((server, context) => {
      const { type } = server as { readonly type: ServerType };
      const given = server as Readonly<Record<string, unknown>>;
      const refuse = (key: string, message: string) => {
        context.addIssue({ code: 'custom', path: [key], message });
      };
      const keys = KEYS[type].split(' ');
      const known = keys.map((key) => key.replace('!', ''));
      for (const key of keys.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1)))
        if (given[key] === undefined) refuse(key, `must be stated by a server of type ${type}; add '${key}'`);
      for (const key of KEYS.custom.split(' '))
        if (given[key] !== undefined && !known.includes(key))
          refuse(key, `is not of a server of type ${type}, which has ${known.join(', ')}; leave it out`);
      for (const key of addressesOf(type)) {
        const value = given[key];
        if (typeof value === 'string' && !ADDRESS.test(value) && known.includes(key))
          refuse(key, `must be an address such as 's3://bucket/path', got '${value}'; write it whole`);
      }
      if (type === 'sftp' && typeof given.location === 'string' && !given.location.startsWith('sftp://'))
        refuse('location', `must begin with 'sftp://', got '${given.location}'; mend it`);
    });
