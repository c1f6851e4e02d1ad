import { ServiceError } from './service.ts';

type Input = Readonly<Record<string, unknown>>;

/** Reads members of a request or of a resource's properties; `refuse` makes the error for a member of the wrong shape. */
export class Members {
  constructor(
    private readonly input: Input,
    private readonly refuse: (message: string) => Error = (message) => new ServiceError('ValidationException', message),
    private readonly path = '',
  ) {}

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  names(): string[] {
    return Object.keys(this.input).filter((name) => this.has(name));
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.missing(name);
  }

  optionalText(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrong(name, 'a text');
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.missing(name);
  }

  /** Numbers may come as text, as CloudFormation allows. */
  optionalNumber(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    throw this.wrong(name, 'a number');
  }

  /** Truth may come as text, as CloudFormation allows. */
  optionalBoolean(name: string): boolean | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'boolean') return value;
    if (value === 'true' || value === 'false') return value === 'true';
    throw this.wrong(name, 'true or false');
  }

  object(name: string): Members {
    return this.optionalObject(name) ?? this.missing(name);
  }

  optionalObject(name: string): Members | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    if (isRecord(value)) return new Members(value, this.refuse, `${this.path}${name}.`);
    throw this.wrong(name, 'an object');
  }

  /** A list of objects; empty if absent. */
  objects(name: string): Members[] {
    return this.list(name).map((value, index) => {
      if (isRecord(value)) return new Members(value, this.refuse, `${this.path}${name}[${index}].`);
      throw this.wrong(`${name}[${index}]`, 'an object');
    });
  }

  /** A list of texts; empty if absent. */
  texts(name: string): string[] {
    return this.list(name).map((value, index) => {
      if (typeof value === 'string') return value;
      throw this.wrong(`${name}[${index}]`, 'a text');
    });
  }

  /** An object whose members are texts; empty if absent. Numbers and truth values become text. */
  textMap(name: string): Record<string, string> {
    const value = this.raw(name) ?? {};
    if (!isRecord(value)) throw this.wrong(name, 'an object');
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => {
        if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') return [key, String(member)];
        throw this.wrong(`${name}.${key}`, 'a text');
      }),
    );
  }

  /** The member as it stands, for a part that another reads. */
  raw(name: string): unknown {
    return ownOf(this.input, name);
  }

  /** @throws for the first member that is not in `known`, naming it: a member nobody reads could change what happens */
  only(known: readonly string[]): this {
    const stranger = this.names().find((name) => !known.includes(name));
    if (stranger !== undefined) throw this.refuse(`'${this.path}${stranger}' is not known here; known: ${known.join(', ')}`);
    return this;
  }

  /** The error for a member that is lawful JSON but not a lawful value. */
  invalid(name: string, rule: string): Error {
    return this.refuse(`'${this.path}${name}' ${rule}`);
  }

  private list(name: string): unknown[] {
    const value = this.raw(name) ?? [];
    if (Array.isArray(value)) return value as unknown[];
    throw this.wrong(name, 'a list');
  }

  private missing(name: string): never {
    throw this.refuse(`'${this.path}${name}' is required`);
  }

  private wrong(name: string, shape: string): Error {
    return this.refuse(`'${this.path}${name}' must be ${shape}`);
  }
}

/** A member of the object itself: every object knows `constructor`. */
export const ownOf = (object: Input, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
