import { NAME, readSchedule } from '../../scheduler/settings.ts';
import type { Members } from '../../input.ts';
import type { ResourceType } from '../resource-type.ts';

/** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const LONGEST_NAME = 64;

export const schedule: ResourceType = {
  acted: [
    'Description',
    'EndDate',
    'FlexibleTimeWindow',
    'GroupName',
    'Name',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target',
  ],
  recorded: [],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('Name'), { longest: LONGEST_NAME });
    const { scheduler } = creation.services;
    const settings = readSchedule(properties, name, (action) => scheduler.serves(action));
    const { arn } = scheduler.createSchedule(settings, digestOf(properties));
    return { ref: name, attributes: { Arn: arn } };
  },
};

export const scheduleGroup: ResourceType = {
  acted: ['Name'],
  recorded: ['Tags'],
  create: (properties, creation) => {
    const name = creation.name(properties.optionalText('Name'), { longest: LONGEST_NAME });
    if (!NAME.test(name)) throw properties.invalid('Name', `must have 1 to ${LONGEST_NAME} letters, digits or _.-`);
    const { arn, created, modified } = creation.services.scheduler.createGroup(name, digestOf(properties));
    const attributes = { Arn: arn, CreationDate: dateOf(created), LastModificationDate: dateOf(modified), State: 'ACTIVE' };
    return { ref: name, attributes };
  },
};

const digestOf = (properties: Members): string =>
  JSON.stringify(
    properties
      .names()
      .sort()
      .map((name) => [name, properties.raw(name)]),
  );

const dateOf = (time: number): string => new Date(time).toISOString();
