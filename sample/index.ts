import type { DemoOptions, DemoSource } from '../core/demo/demo-source.ts';
import { AirlineSource } from './airline-source.ts';

/** What `headwaters demo` asks a project's sample for. */
export const createDemoSource = (options: DemoOptions): DemoSource => new AirlineSource(options);

export const datasets = ['operations.airports', 'operations.flights', 'sales.bookings', 'sales.passengers'] as const;
