import { faker } from '@faker-js/faker';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { DemoBatch, DemoDay, DemoOptions, DemoSource } from '../core/demo/demo-source.ts';
import { Sales } from './sales.ts';
import { airlineOf } from './airlines.ts';

const DAY_MS = 86_400_000;
/** The day's upload begins when the day has closed. */
const UPLOAD_AFTER_MS = 5 * 60_000;
/** Rows of the file in order of their date; asked as many as there are at most. */
export const MOST_ROWS = 3_000_000;

/** The package's `exports` hide its data: it is found beside its entry. */
const dataFile = (name: string): string =>
  path.join(path.dirname(createRequire(import.meta.url).resolve('vega-datasets')), '../data', name);
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A flight as the file has it, with the id and the airline that the file lacks. */
export interface Flight {
  readonly id: number;
  /** ISO 8601 without zone, as in the source. */
  readonly departedAt: string;
  readonly airline: string;
}

/** Real flights and airports, with seeded sales: days in order, each uploaded once it has closed. */
export class AirlineSource implements DemoSource {
  readonly startsAt = Date.UTC(2001, 0, 1, 0, 1);

  constructor(private readonly options: DemoOptions) {
    if (options.rows < 1 || options.rows > MOST_ROWS)
      throw new RangeError(`'rows' must be 1 to ${MOST_ROWS}, got ${options.rows}`);
  }

  async *days(): AsyncIterable<DemoDay> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    const published = await airports(connection); // before the flights: one connection holds one open result
    faker.seed(this.options.seed);
    const sales = new Sales(faker);
    let first = true;
    for await (const { day, flights, events } of this.flightsByDay(connection)) {
      const { passengers, bookings } = sales.day(day, flights);
      const batches: DemoBatch[] = [
        ...(first ? [{ domain: 'operations', dataset: 'airports', packed: true, events: published(day) }] : []),
        { domain: 'operations', dataset: 'flights', packed: true, events },
        { domain: 'sales', dataset: 'passengers', packed: true, events: passengers },
        { domain: 'sales', dataset: 'bookings', packed: false, events: bookings },
      ];
      first = false;
      yield { uploadAt: Date.parse(`${day}T00:00:00Z`) + DAY_MS + UPLOAD_AFTER_MS, batches };
    }
    connection.closeSync();
    instance.closeSync();
  }

  private async *flightsByDay(connection: DuckDBConnection): AsyncIterable<{ day: string; flights: Flight[]; events: string[] }> {
    const result = await connection.stream(`
      SELECT (file_row_number + 1)::VARCHAR AS id, strftime("date", '%Y-%m-%dT%H:%M:%S'), delay::VARCHAR, distance::VARCHAR, origin, destination
      FROM read_parquet(${quoted(dataFile('flights-3m.parquet'))}, file_row_number = true)
      WHERE file_row_number < ${this.options.rows}
      ORDER BY file_row_number`);
    let current: { day: string; flights: Flight[]; events: string[] } | undefined;
    for await (const rows of result.yieldRowsJs()) {
      for (const row of rows as string[][]) {
        const [id = '', departedAt = '', delay = '', distance = '', origin = '', destination = ''] = row; // every column is cast to text
        const day = departedAt.slice(0, 10);
        if (current?.day !== day) {
          if (current !== undefined) yield current;
          current = { day, flights: [], events: [] };
        }
        const airline = airlineOf(this.options.seed, Number(id));
        current.flights.push({ id: Number(id), departedAt, airline });
        current.events.push(
          `{"flight_id":${id},"departed_at":"${departedAt}","airline":"${airline}","origin":"${origin}","destination":"${destination}","delay_minutes":${delay},"distance_miles":${distance}}`,
        );
      }
    }
    if (current !== undefined) yield current;
  }
}

/** Airports as they are published on a day. */
async function airports(connection: DuckDBConnection): Promise<(day: string) => string[]> {
  const result = await connection.runAndReadAll(
    `SELECT * FROM read_csv(${quoted(dataFile('airports.csv'))}, all_varchar = true, header = true)`,
  );
  const rows = result.getRowObjectsJS();
  const publish = (day: string) => (row: (typeof rows)[number]) => {
    const text = (key: string) => (row[key] === null || row[key] === undefined ? null : (row[key] as string));
    const { iata, name, city, state, country } = {
      iata: text('iata'),
      name: text('name'),
      city: text('city'),
      state: text('state'),
      country: text('country'),
    };
    const event = { iata, published_at: `${day}T00:00:00Z`, airport_name: name, city, state, country };
    return `${JSON.stringify(event).slice(0, -1)},"latitude":${text('latitude') ?? 'null'},"longitude":${text('longitude') ?? 'null'}}`;
  };
  return (day) => rows.map(publish(day));
}
