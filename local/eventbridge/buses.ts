import type { EventPolicy } from './bus-policy.ts';
import { ServiceError } from '../service.ts';

/** The bus that every account has, on which services tell what they do. */
export const DEFAULT_BUS = 'default';

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** Milliseconds since the epoch, simulated. */
  readonly created: number;
  readonly policy: EventPolicy;
}

/** A rule as EventBridge describes it, whether or not it is run. */
export interface DeclaredRule {
  readonly name: string;
  readonly arn: string;
  /** The name of its bus. */
  readonly bus: string;
  readonly description: string | undefined;
  /** As JSON. */
  readonly pattern: string | undefined;
  readonly schedule: string | undefined;
  readonly state: string;
  readonly roleArn: string | undefined;
  /** As they were given. */
  readonly targets: readonly Readonly<Record<string, unknown>>[];
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
const BUS_NAME = /^[.\-_A-Za-z0-9]{1,256}$/;

const notFound = (words: string): ServiceError => new ServiceError('ResourceNotFoundException', words);

/** The event buses of an account, and the rules that listen to them. */
export class Buses {
  private readonly buses = new Map<string, Bus>();
  private readonly rules: DeclaredRule[] = [];

  constructor(private readonly place: { readonly accountId: string; readonly region: string; readonly now: () => number }) {
    this.add(DEFAULT_BUS);
  }

  /** @throws ServiceError ValidationException, ResourceAlreadyExistsException */
  create(name: string, description?: string): Bus {
    if (!BUS_NAME.test(name))
      throw new ServiceError(
        'ValidationException',
        `an event bus must be named by 1 to 256 letters, digits or .-_, got '${name}'`,
      );
    if (name.startsWith('aws.'))
      throw new ServiceError('ValidationException', "EventBus name starting with 'aws.' is not valid.");
    if (this.buses.has(name)) throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
    return this.add(name, description);
  }

  /** The bus of a name or an ARN. @throws ServiceError ResourceNotFoundException */
  find(nameOrArn: string): Bus {
    const bus = this.buses.get(this.nameOf(nameOrArn));
    if (bus === undefined || this.arnOf(nameOrArn) !== bus.arn) throw notFound(`Event bus ${nameOrArn} does not exist.`);
    return bus;
  }

  has(nameOrArn: string): boolean {
    return this.buses.get(this.nameOf(nameOrArn))?.arn === this.arnOf(nameOrArn);
  }

  /** In the order of their names. */
  all(): readonly Bus[] {
    return [...this.buses.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws ServiceError ResourceNotFoundException for its bus */
  declare(rule: DeclaredRule): void {
    this.find(rule.bus);
    this.rules.push(rule);
  }

  /** The rules of a bus, in the order of their names. @throws ServiceError ResourceNotFoundException */
  rulesOf(nameOrArn: string): readonly DeclaredRule[] {
    const { name } = this.find(nameOrArn);
    return this.rules.filter(({ bus }) => bus === name).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws ServiceError ResourceNotFoundException */
  rule(name: string, nameOrArn: string): DeclaredRule {
    const rule = this.rulesOf(nameOrArn).find((one) => one.name === name);
    if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${this.nameOf(nameOrArn)}.`);
    return rule;
  }

  nameOf(nameOrArn: string): string {
    return nameOrArn.replace(/^arn:.*:event-bus\//, '');
  }

  /** The ARN of a bus, whether or not there is one. */
  arnOf(nameOrArn: string): string {
    return nameOrArn.startsWith('arn:') ? nameOrArn : this.arn(`event-bus/${nameOrArn}`);
  }

  /** The ARN of a rule, whether or not there is one. */
  ruleArn(name: string, nameOrArn = DEFAULT_BUS): string {
    const bus = this.nameOf(nameOrArn);
    return this.arn(bus === DEFAULT_BUS ? `rule/${name}` : `rule/${bus}/${name}`);
  }

  private arn(resource: string): string {
    return `arn:aws:events:${this.place.region}:${this.place.accountId}:${resource}`;
  }

  private add(name: string, description?: string): Bus {
    const bus = { name, arn: this.arnOf(name), description, created: this.place.now(), policy: new Map() };
    this.buses.set(name, bus);
    return bus;
  }
}
