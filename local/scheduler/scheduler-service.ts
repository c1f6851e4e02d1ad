import { Members } from '../input.ts';
import { ServiceError, type Access, type Caller } from '../service.ts';
import { pageOf } from '../token-page.ts';
import { groupMissing, type Group, type Schedule, type Scheduler } from './scheduler.ts';

/** Items of one answer. @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
const LISTING = { most: 100, badToken: 'ValidationException' };

/** What clients ask of schedules: to look at them. */
export class SchedulerService {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly access: Access,
  ) {}

  /** @throws ServiceError AccessDeniedException, ResourceNotFoundException */
  getSchedule(caller: Caller, name: string, group = 'default'): object {
    this.access.check(caller, 'scheduler:GetSchedule', this.scheduler.arnOf(group, name));
    if (this.scheduler.group(group) === undefined) throw groupMissing(group);
    const schedule = this.scheduler.schedule(group, name);
    if (schedule === undefined) throw new ServiceError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return { ...schedule.settings.described, Arn: schedule.arn, ...datesOf(schedule) };
  }

  /** @throws ServiceError AccessDeniedException, ResourceNotFoundException for the group, ValidationException */
  listSchedules(caller: Caller, query: ReadonlyMap<string, string>): object {
    this.access.check(caller, 'scheduler:ListSchedules', '*');
    const input = new Members(Object.fromEntries(query));
    const [group, prefix = '', state] = ['ScheduleGroup', 'NamePrefix', 'State'].map((name) => query.get(name));
    if (group !== undefined && this.scheduler.group(group) === undefined) throw groupMissing(group);
    const isMeant = ({ settings }: Schedule): boolean =>
      settings.name.startsWith(prefix) &&
      (group === undefined || group === settings.group) &&
      (state === undefined || state === settings.state);
    const { items, next } = pageOf(this.scheduler.allSchedules().filter(isMeant), ({ arn }) => arn, input, LISTING);
    return { Schedules: items.map(summaryOf), ...next };
  }

  /** @throws ServiceError AccessDeniedException, ResourceNotFoundException */
  getScheduleGroup(caller: Caller, name: string): object {
    this.access.check(caller, 'scheduler:GetScheduleGroup', this.scheduler.groupArn(name));
    const group = this.scheduler.group(name);
    if (group === undefined) throw groupMissing(name);
    return describeGroup(group);
  }

  /** @throws ServiceError AccessDeniedException, ValidationException */
  listScheduleGroups(caller: Caller, query: ReadonlyMap<string, string>): object {
    this.access.check(caller, 'scheduler:ListScheduleGroups', '*');
    const prefix = query.get('NamePrefix') ?? '';
    const meant = this.scheduler.allGroups().filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(meant, ({ name }) => name, new Members(Object.fromEntries(query)), LISTING);
    return { ScheduleGroups: items.map(describeGroup), ...next };
  }
}

const datesOf = ({ created, modified }: Group | Schedule): object => ({
  CreationDate: created / 1000,
  LastModificationDate: modified / 1000,
});

const summaryOf = (schedule: Schedule): object => ({
  Arn: schedule.arn,
  GroupName: schedule.settings.group,
  Name: schedule.settings.name,
  State: schedule.settings.state,
  Target: { Arn: schedule.settings.target.arn },
  ...datesOf(schedule),
});

const describeGroup = (group: Group): object => ({ Arn: group.arn, Name: group.name, State: 'ACTIVE', ...datesOf(group) });
