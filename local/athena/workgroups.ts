import type { SimulatedClock } from '../clock.ts';
import type { Access, Caller } from '../service.ts';
import { invalid } from './invalid-request.ts';
import { newWorkGroup, PRIMARY, type NewWorkGroup, type WorkGroup } from './workgroup.ts';

export interface WorkGroupsProps {
  readonly access: Access;
  readonly clock: SimulatedClock;
  readonly account: string;
  readonly region: string;
}

/** The workgroups of an account, on which every right in Athena is asked for. There is always one, `primary`, and it enforces nothing. */
export class WorkGroups {
  private readonly groups = new Map<string, WorkGroup>();

  constructor(private readonly props: WorkGroupsProps) {
    this.groups.set(PRIMARY, newWorkGroup({ name: PRIMARY, enforce: false }, props.clock.now()));
  }

  /** Declares a workgroup of a template; nobody's rights are asked for. @throws ServiceError InvalidRequestException */
  create(input: NewWorkGroup): void {
    if (this.groups.has(input.name)) throw invalid('WorkGroup is already created');
    this.groups.set(input.name, newWorkGroup(input, this.props.clock.now()));
  }

  /** @throws ServiceError InvalidRequestException */
  named(name: string): WorkGroup {
    const found = this.groups.get(name);
    if (found === undefined) throw invalid('WorkGroup is not found.');
    return found;
  }

  /** The workgroup, once the caller may do `action` in it. @throws ServiceError AccessDeniedException, InvalidRequestException */
  for(caller: Caller, action: string, name: string): WorkGroup {
    this.authorize(caller, action, name);
    return this.named(name);
  }

  /** In order of their names. @throws ServiceError AccessDeniedException */
  list(caller: Caller): readonly WorkGroup[] {
    this.props.access.check(caller, 'athena:ListWorkGroups', '*');
    return [...this.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Replaces the tags of a workgroup. @throws ServiceError InvalidRequestException */
  retag(name: string, tags: Readonly<Record<string, string>>): void {
    this.groups.set(name, { ...this.named(name), tags });
  }

  /** @throws ServiceError AccessDeniedException */
  authorize(caller: Caller, action: string, name: string): void {
    this.props.access.check(caller, action, this.arn(name));
  }

  arn(name: string): string {
    return `arn:aws:athena:${this.props.region}:${this.props.account}:workgroup/${name}`;
  }
}
