import { recorded } from '../recorded.ts';

/** A page of EventBridge's API reference. */
export const api = (operation: string): string =>
  `https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_${operation}.html`;
/** A page of its user guide. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/eventbridge/latest/userguide/${page}.html`;
export const EVENTS = recorded('events/test_events');
