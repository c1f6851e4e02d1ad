import { randomUUID } from 'node:crypto';
import type { Caller } from '../service.ts';
import { invalid } from './invalid-request.ts';
import type { WorkGroups } from './workgroups.ts';

export interface NewNamedQuery {
  /** @default a new UUID */
  readonly id?: string | undefined;
  readonly name: string;
  readonly database: string;
  readonly description?: string | undefined;
  readonly queryString: string;
  readonly workGroup: string;
}

export interface NamedQuery extends NewNamedQuery {
  readonly id: string;
}

/** Named queries, each of one workgroup, which the rights are asked on. */
export class NamedQueries {
  private readonly queries = new Map<string, NamedQuery>();
  /** Ids by the tokens that made them. */
  private readonly tokens = new Map<string, string>();

  constructor(private readonly groups: WorkGroups) {}

  /** Adds one and asks for no right. @returns its id. @throws ServiceError InvalidRequestException for a workgroup that is not there */
  add(input: NewNamedQuery): string {
    this.groups.named(input.workGroup);
    const id = input.id ?? randomUUID();
    this.queries.set(id, { ...input, id });
    return id;
  }

  /** @returns its id; of a token that was used, the id that it gave. @throws ServiceError AccessDeniedException, InvalidRequestException */
  create(caller: Caller, input: NewNamedQuery, token: string | undefined): string {
    this.groups.for(caller, 'athena:CreateNamedQuery', input.workGroup);
    const known = token === undefined ? undefined : this.queries.get(this.tokens.get(token) ?? '');
    if (known !== undefined) {
      if (known.queryString === input.queryString && known.name === input.name) return known.id;
      throw invalid('Idempotent parameters do not match', 'IDEMPOTENT_PARAMETER_MISMATCH');
    }
    const id = this.add(input);
    if (token !== undefined) this.tokens.set(token, id);
    return id;
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  get(caller: Caller, id: string, action = 'athena:GetNamedQuery'): NamedQuery {
    const query = this.queries.get(id);
    if (query === undefined) throw invalid(`NamedQuery ${id} was not found`);
    this.groups.authorize(caller, action, query.workGroup);
    return query;
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  update(caller: Caller, id: string, change: Pick<NamedQuery, 'name' | 'queryString' | 'description'>): void {
    const query = this.get(caller, id, 'athena:UpdateNamedQuery');
    this.queries.set(id, { ...query, ...change });
  }

  /** @throws ServiceError AccessDeniedException, InvalidRequestException */
  delete(caller: Caller, id: string): void {
    this.get(caller, id, 'athena:DeleteNamedQuery');
    this.queries.delete(id);
  }

  all(): NamedQuery[] {
    return [...this.queries.values()];
  }

  restore(saved: readonly NamedQuery[]): void {
    for (const query of saved) this.queries.set(query.id, query);
  }

  /** Ids of a workgroup's. @throws ServiceError AccessDeniedException, InvalidRequestException */
  list(caller: Caller, workGroup: string): readonly string[] {
    this.groups.for(caller, 'athena:ListNamedQueries', workGroup);
    return [...this.queries.values()].filter((query) => query.workGroup === workGroup).map(({ id }) => id);
  }
}

export const namedQueryView = (query: NamedQuery): object => ({
  Name: query.name,
  ...(query.description !== undefined && { Description: query.description }),
  Database: query.database,
  QueryString: query.queryString,
  NamedQueryId: query.id,
  WorkGroup: query.workGroup,
});
