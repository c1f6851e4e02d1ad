import { ACCESS_RULES } from './access.ts';
import { ALARM_RULES } from './alarm.ts';
import { AUDIT_RULES } from './audit.ts';
import { BUCKET_RULES } from './bucket.ts';
import { CATALOG_RULES } from './catalog.ts';
import { COMPUTE_RULES } from './compute.ts';
import { DELIVERY_RULES } from './delivery-stream.ts';
import { KEY_RULES } from './key.ts';
import { LOG_RULES } from './logs.ts';
import { MESSAGE_RULES } from './messages.ts';
import { NETWORK_RULES } from './network.ts';
import { RECORD_RULES } from './records.ts';
import type { RulesByType } from './resource-rules.ts';
import { SERVING_RULES } from './serving.ts';
import { STREAM_RULES } from './stream.ts';
import { WATCH_RULES } from './watch.ts';

/** All that is known of resource types. A type that is missing here is never passed. */
export const RULES: RulesByType = {
  ...ACCESS_RULES,
  ...ALARM_RULES,
  ...AUDIT_RULES,
  ...BUCKET_RULES,
  ...CATALOG_RULES,
  ...COMPUTE_RULES,
  ...DELIVERY_RULES,
  ...KEY_RULES,
  ...LOG_RULES,
  ...MESSAGE_RULES,
  ...NETWORK_RULES,
  ...RECORD_RULES,
  ...SERVING_RULES,
  ...STREAM_RULES,
  ...WATCH_RULES,
};
