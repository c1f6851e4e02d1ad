import * as z from 'zod';

/** What may be notified. */
export const DESTINATIONS = ['topic', 'queue', 'function'] as const;
export type DestinationKind = (typeof DESTINATIONS)[number];

const notification = z.strictObject({
  id: z.string(),
  kind: z.enum(DESTINATIONS),
  arn: z.string(),
  /** With their `s3:`, wildcards among them. */
  events: z.array(z.string()).readonly(),
  filter: z.array(z.strictObject({ name: z.enum(['Prefix', 'Suffix']), value: z.string() })).readonly(),
});

/** The saved form of what a bucket tells, and whom. */
export const notificationConfiguration = z.strictObject({
  notifications: z.array(notification).readonly(),
  eventBridge: z.boolean(),
});

/** Whom a bucket notifies, and of what. */
export type Notification = Readonly<z.infer<typeof notification>>;

/** What a bucket tells, and whom. */
export type NotificationConfiguration = Readonly<z.infer<typeof notificationConfiguration>>;

/** A notification as a template or a client asks for it: nothing of it is checked. */
export interface AskedNotification extends Omit<Notification, 'id' | 'filter'> {
  /** @default - S3 makes one up */
  readonly id?: string | undefined;
  readonly filter: readonly { readonly name: string; readonly value: string }[];
}

export interface AskedConfiguration {
  readonly notifications: readonly AskedNotification[];
  readonly eventBridge: boolean;
}

export const NOBODY: NotificationConfiguration = { notifications: [], eventBridge: false };
