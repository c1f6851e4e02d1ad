import type { Faker } from '@faker-js/faker';
import type { Flight } from './airline-source.ts';

/** Bookings for each flight of a day, and bookings for each new passenger. */
const BOOKINGS_PER_FLIGHT = 0.3;
const BOOKINGS_PER_PASSENGER = 3;
const COUNTRIES = ['US', 'US', 'US', 'US', 'CA', 'MX', 'GB', 'DE', 'JP', 'BR'] as const;
const REQUESTS = ['vegetarian meal', 'aisle seat please', 'travelling with an infant', 'wheelchair to the gate'] as const;

interface Passenger {
  readonly id: string;
  readonly email: string;
  readonly card: string;
}

/** Seeded passengers and their bookings of real flights. Every personal value is synthetic. */
export class Sales {
  private readonly known: Passenger[] = [];

  constructor(private readonly faker: Faker) {}

  /** @param day `yyyy-MM-dd` */
  day(day: string, flights: readonly Flight[]): { passengers: string[]; bookings: string[] } {
    const count = Math.max(1, Math.round(flights.length * BOOKINGS_PER_FLIGHT));
    const passengers = Array.from({ length: Math.max(1, Math.round(count / BOOKINGS_PER_PASSENGER)) }, () => this.passenger(day));
    const bookings = Array.from({ length: count }, () => this.booking(day, flights));
    return { passengers, bookings };
  }

  private passenger(day: string): string {
    const { faker } = this;
    const [firstName, lastName] = [faker.person.firstName(), faker.person.lastName()];
    const passenger: Passenger = {
      id: faker.string.uuid(),
      email: faker.internet.email({ firstName, lastName, provider: 'mail.example' }).toLowerCase(),
      card: faker.string.numeric({ length: 16, allowLeadingZeros: false }),
    };
    this.known.push(passenger);
    return JSON.stringify({
      passenger_id: passenger.id,
      registered_at: this.moment(day),
      full_name: `${firstName} ${lastName}`,
      email: passenger.email,
      phone: `+1 555 ${faker.string.numeric(3)} ${faker.string.numeric(4)}`,
      birth_date: faker.date.birthdate({ mode: 'year', min: 1925, max: 1999 }).toISOString().slice(0, 10),
      country: faker.helpers.arrayElement(COUNTRIES),
    });
  }

  private booking(day: string, flights: readonly Flight[]): string {
    const { faker } = this;
    const passenger = faker.helpers.arrayElement(this.known);
    const flight = faker.helpers.arrayElement(flights);
    const seats = faker.helpers.arrayElement([1, 1, 1, 2, 2, 3, 4]);
    const request = faker.number.int(9) === 0 ? { special_request: faker.helpers.arrayElement(REQUESTS) } : {};
    const event = {
      booking_id: faker.string.uuid(),
      booked_at: this.moment(day),
      flight_id: flight.id,
      airline: flight.airline,
      passenger_id: passenger.id,
      contact_email: passenger.email,
      card_number: passenger.card,
      currency: 'USD',
      seats,
      ...request,
    };
    const cents = seats * faker.number.int({ min: 4_900, max: 69_900 });
    return `${JSON.stringify(event).slice(0, -1)},"fare":${(cents / 100).toFixed(2)}}`;
  }

  private moment(day: string): string {
    const seconds = this.faker.number.int(86_399);
    return `${new Date(Date.parse(`${day}T00:00:00Z`) + seconds * 1000).toISOString().slice(0, 19)}Z`;
  }
}
