import type { ScheduledTask } from '../clock.ts';
import { SavedFile } from '../saved-file.ts';
import { ServiceError } from '../service.ts';
import { Attempts, type AttemptsParts, type Called } from './attempts.ts';
import { SAVED, type Dated, type Saved } from './saved-schedules.ts';
import type { IsServed, ScheduleSettings } from './settings.ts';

export interface SchedulerParts extends AttemptsParts {
  /** Whether a role lets the service take it for schedules of a group. */
  readonly trusts: (roleArn: string, groupArn: string) => boolean;
  readonly isServed: IsServed;
}

const FILE = 'scheduler';
/** The timing of a schedule that is kept and not run: it begins anew once it can be. */
const NOT_RUN = '';

export interface Group extends Dated {
  readonly name: string;
}

export interface Schedule extends Dated, Called {}

/** EventBridge Scheduler: schedules of templates, which call their targets at times of the simulated clock. */
export class Scheduler {
  private readonly groups = new Map<string, Group>();
  private readonly schedules = new Map<string, Schedule>();
  private readonly armed = new Map<string, { readonly due: number; readonly task: ScheduledTask }>();
  private readonly attempts: Attempts;
  /** What an earlier process left. */
  private left: Saved = { version: 1, groups: [], schedules: [], attempts: [] };
  private stopped = false;

  constructor(private readonly parts: SchedulerParts) {
    this.attempts = new Attempts(parts);
  }

  /** Whether a schedule may call an action: `sqs:sendMessage`. */
  serves(action: string): boolean {
    return this.parts.isServed(action);
  }

  /** The group of a name; `default` is always there. */
  group(name: string): Group | undefined {
    if (name === 'default' && !this.groups.has(name)) this.createGroup(name);
    return this.groups.get(name);
  }

  allGroups(): readonly Group[] {
    this.group('default');
    return [...this.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  schedule(group: string, name: string): Schedule | undefined {
    return this.schedules.get(this.arnOf(group, name));
  }

  allSchedules(): readonly Schedule[] {
    return [...this.schedules.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  arnOf(group: string, name: string): string {
    return this.arn(`schedule/${group}/${name}`);
  }

  groupArn(name: string): string {
    return this.arn(`schedule-group/${name}`);
  }

  /** @throws ServiceError ConflictException */
  createGroup(name: string, digest = ''): Group {
    if (this.groups.has(name) || (name === 'default' && digest !== ''))
      throw new ServiceError('ConflictException', `Schedule group ${name} already exists.`, 409);
    const group = { name, ...this.dated(this.left.groups, this.groupArn(name), digest) };
    this.groups.set(name, group);
    return group;
  }

  /**
   * Makes a schedule, which goes on waiting for what it waited for in an earlier process unless its times have changed.
   *
   * @param digest What the template says of it, in whatever form
   * @throws ServiceError ConflictException, ResourceNotFoundException for the group, ValidationException for a role that lets nobody in
   */
  createSchedule(settings: ScheduleSettings, digest: string): Schedule {
    const { name, group, target, timing } = settings;
    const arn = this.arnOf(group, name);
    if (this.schedules.has(arn)) throw new ServiceError('ConflictException', `Schedule ${name} already exists.`, 409);
    if (this.group(group) === undefined) throw groupMissing(group);
    if (!this.parts.trusts(target.roleArn, this.groupArn(group)))
      throw new ServiceError(
        'ValidationException',
        'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
      );
    const schedule = { settings, groupArn: this.groupArn(group), ...this.dated(this.left.schedules, arn, digest) };
    this.schedules.set(arn, schedule);
    if (settings.notSimulated === undefined) this.begin(schedule, timing);
    else {
      const message = `the schedule is not run, not simulated: ${settings.notSimulated}`;
      this.parts.onLog({ time: this.parts.clock.now(), logGroup: arn, level: 'warn', message });
    }
    return schedule;
  }

  private begin(schedule: Schedule, timing: string): void {
    const { arn, settings } = schedule;
    for (const attempt of this.left.attempts.filter((one) => one.schedule === arn)) this.attempts.await(schedule, attempt);
    if (settings.state === 'DISABLED') return;
    const before = this.left.schedules.find((one) => one.arn === arn && one.timing === timing);
    this.arm(schedule, before === undefined ? settings.occurrences.first(this.parts.clock.now()) : before.due);
  }

  private arm(schedule: Schedule, due: number | undefined): void {
    const { arn, settings } = schedule;
    this.armed.delete(arn);
    if (due === undefined) return;
    const { clock } = this.parts;
    const task = clock.at(due, async () => {
      if (this.stopped) return;
      this.arm(schedule, settings.occurrences.next(due));
      const time = clock.now();
      await this.attempts.make(schedule, { schedule: arn, due, number: 1, since: time, time });
    });
    this.armed.set(arn, { due, task });
  }

  /** From now on no time comes: what is due is for the next process. */
  stop(): void {
    this.stopped = true;
    this.attempts.stop();
  }

  /** Keeps in `folder` what schedules wait for. */
  save(folder: string, isWhole = true): void {
    const isAnothers = ({ arn }: { readonly arn: string }): boolean =>
      !isWhole && !this.schedules.has(arn) && ![...this.groups.values()].some((group) => group.arn === arn);
    const groups = [...this.groups.values()].map(({ name: _name, ...dated }) => dated);
    const schedules = [...this.schedules.values()].map(({ settings, groupArn: _groupArn, ...dated }) => {
      const due = this.armed.get(dated.arn)?.due;
      const timing = settings.notSimulated === undefined ? settings.timing : NOT_RUN;
      return { ...dated, timing, ...(due !== undefined && { due }) };
    });
    new SavedFile(folder, FILE).write(
      {
        version: 1,
        groups: [...groups, ...this.left.groups.filter(isAnothers)],
        schedules: [...schedules, ...this.left.schedules.filter(isAnothers)],
        attempts: [...this.attempts.saved(), ...this.left.attempts.filter(({ schedule: arn }) => isAnothers({ arn }))],
      },
      [],
    );
  }

  /** Reads what an earlier process left, for the schedules that are about to be made. @throws StateError `StateUnreadable` */
  restore(folder: string): void {
    this.left = new SavedFile(folder, FILE).read(SAVED) ?? this.left;
  }

  private dated(left: readonly Dated[], arn: string, digest: string): Dated {
    const now = this.parts.clock.now();
    const before = left.find((one) => one.arn === arn);
    const modified = before?.digest === digest ? before.modified : now;
    return { arn, digest, created: before?.created ?? now, modified };
  }

  private arn(resource: string): string {
    return `arn:aws:scheduler:${this.parts.region}:${this.parts.accountId}:${resource}`;
  }
}

export const groupMissing = (name: string): ServiceError =>
  new ServiceError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
