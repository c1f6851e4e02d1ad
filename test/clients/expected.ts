/** What the platform of fixture.ts is to a client. */
export interface ClientPlatform {
  readonly stream: string;
  readonly lake: string;
  readonly workGroup: string;
  readonly producerRole: string;
  readonly readerRole: string;
}

/** What a client's calls came to. */
export interface ClientReport {
  readonly calls: number;
  readonly results: Readonly<Record<string, unknown>>;
}

const note = 'from the layer!';

/** What every client gets, whatever its language: results by the name of the call. Refusals are `<status> <code>`. */
export const expected = (client: string): ClientReport['results'] => ({
  operator: 'user',
  reader: client,
  streams: true,
  stream: 'ACTIVE',
  shards: 1,
  put: 0,
  records: [1, 2],
  deliveries: 1,
  delivery: 'ACTIVE',
  advance: 5,
  buckets: true,
  'head bucket': 200,
  location: null,
  list: ['data'],
  head: true,
  get: 'PAR1',
  note: ['one', 'text/plain', client],
  pages: [['notes/a b+ü.txt'], ['notes/b.txt']],
  folders: ['data/', 'notes/'],
  presigned: ['two', 403],
  deleted: '404 404',
  databases: ['fixture'],
  database: 'fixture',
  tables: ['events'],
  columns: [
    ['id', 'bigint'],
    ['note', 'string'],
  ],
  query: 'SUCCEEDED',
  'rows by page': [
    [
      ['id', 'note'],
      ['1', note],
    ],
    [
      ['2', note],
      ['3', note],
    ],
    [
      ['4', note],
      ['5', note],
    ],
    // a page that is full has another behind it, be it empty
    [],
  ],
  scanned: true,
  csv: ['"id","note"', ...[1, 2, 3, 4, 5].map((id) => `"${id}","${note}"`), ''].join('\n'),
  'work group': 'ENABLED',
  'named query': 'how-many',
  'its answer': [[['n'], ['5']]],
  'failed query': ['FAILED', true],
  metrics: ['IncomingBytes', 'IncomingRecords', 'WriteProvisionedThroughputExceeded'],
  measured: [5],
  alarms: [],
  'reader puts records': '400 AccessDeniedException',
  'reader writes data': '403 AccessDenied',
  'producer lists': '403 AccessDenied',
  'producer reads the catalog': '400 AccessDeniedException',
  'producer asks': '400 AccessDeniedException',
  'producer looks at metrics': '403 AccessDenied',
  'reader assumes': '403 AccessDenied',
  'no object': '404 NoSuchKey',
  'no bucket': '404 NoSuchBucket',
  'no stream': '400 ResourceNotFoundException',
  'no table': '400 EntityNotFoundException',
  'no query': '400 InvalidRequestException',
  lacking: '501 NotImplemented',
  'wrong secret': ['403 SignatureDoesNotMatch', '400 InvalidSignatureException'],
});
