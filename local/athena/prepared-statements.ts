import type { SimulatedClock } from '../clock.ts';
import type { Caller } from '../service.ts';
import { invalid, notThere } from './invalid-request.ts';
import type { WorkGroups } from './workgroups.ts';

export interface PreparedStatement {
  readonly name: string;
  readonly workGroup: string;
  readonly statement: string;
  readonly description?: string | undefined;
  /** Milliseconds since the epoch, simulated. */
  readonly modified: number;
}

/** Statements of one workgroup, at most. @see https://docs.aws.amazon.com/athena/latest/ug/querying-with-prepared-statements.html */
const MOST = 1000;
/** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_PreparedStatement.html */
const NAME = /^[a-z_][a-z0-9_@:]{0,255}$/i;

/** Prepared statements, whose names are unique within a workgroup. */
export class PreparedStatements {
  private readonly statements = new Map<string, PreparedStatement>();

  constructor(
    private readonly groups: WorkGroups,
    private readonly clock: SimulatedClock,
  ) {}

  /** Declares one of a template, which replaces what calls have made of it; nobody's rights are asked for. @throws ServiceError InvalidRequestException */
  declare(input: Omit<PreparedStatement, 'modified'>): void {
    this.statements.delete(keyOf(input));
    this.add(input);
  }

  private add(input: Omit<PreparedStatement, 'modified'>): void {
    this.groups.named(input.workGroup);
    if (!NAME.test(input.name)) throw invalid(`StatementName must match ${NAME.source}`);
    if (this.statements.has(keyOf(input)))
      throw invalid(`Prepared statement ${input.name} already exists in WorkGroup ${input.workGroup}`);
    if (this.of(input.workGroup).length >= MOST) throw invalid(`a workgroup has at most ${MOST} prepared statements`);
    this.statements.set(keyOf(input), { ...input, modified: this.clock.now() });
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  create(caller: Caller, input: Omit<PreparedStatement, 'modified'>): void {
    this.groups.for(caller, 'athena:CreatePreparedStatement', input.workGroup);
    this.add(input);
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, ResourceNotFoundException */
  get(caller: Caller, workGroup: string, name: string, action = 'athena:GetPreparedStatement'): PreparedStatement {
    this.groups.for(caller, action, workGroup);
    const found = this.find(workGroup, name);
    if (found === undefined) throw notThere(`PreparedStatement ${name} was not found in WorkGroup ${workGroup}`);
    return found;
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, ResourceNotFoundException */
  update(caller: Caller, change: Omit<PreparedStatement, 'modified'>): void {
    const before = this.get(caller, change.workGroup, change.name, 'athena:UpdatePreparedStatement');
    this.statements.set(keyOf(before), { ...before, ...change, modified: this.clock.now() });
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException, ResourceNotFoundException */
  delete(caller: Caller, workGroup: string, name: string): void {
    this.statements.delete(keyOf(this.get(caller, workGroup, name, 'athena:DeletePreparedStatement')));
  }

  /** In order of their names. @throws ServiceError AccessDeniedException, InvalidRequestException */
  list(caller: Caller, workGroup: string): readonly PreparedStatement[] {
    this.groups.for(caller, 'athena:ListPreparedStatements', workGroup);
    return this.of(workGroup);
  }

  /** Asks for the right to run a workgroup's statements. @throws ServiceError AccessDeniedException */
  authorize(caller: Caller, workGroup: string): void {
    this.groups.authorize(caller, 'athena:GetPreparedStatement', workGroup);
  }

  all(): PreparedStatement[] {
    return [...this.statements.values()];
  }

  restore(saved: readonly PreparedStatement[]): void {
    for (const statement of saved) this.statements.set(keyOf(statement), statement);
  }

  /** What a name means in a workgroup; nobody's rights are asked for. */
  find(workGroup: string, name: string): PreparedStatement | undefined {
    return this.statements.get(keyOf({ workGroup, name }));
  }

  private of(workGroup: string): readonly PreparedStatement[] {
    const all = [...this.statements.values()].filter((statement) => statement.workGroup === workGroup);
    return all.sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

const keyOf = ({ workGroup, name }: { readonly workGroup: string; readonly name: string }): string =>
  `${workGroup}/${name.toLowerCase()}`;

export const preparedView = ({ name, workGroup, statement, description, modified }: PreparedStatement): object => ({
  StatementName: name,
  QueryStatement: statement,
  WorkGroupName: workGroup,
  ...(description !== undefined && { Description: description }),
  LastModifiedTime: modified / 1000,
});
