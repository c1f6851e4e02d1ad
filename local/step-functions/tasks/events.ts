import { isRecord } from '../../input.ts';
import type { JsonService } from '../../service.ts';
import { StatesError } from '../states-error.ts';
import { optimized, type OptimizedService } from './optimized.ts';
import { SDK_SERVICES } from './sdk-services.ts';
import type { SignedTask, Within } from './task.ts';

const EVENT_BRIDGE: OptimizedService = { sdk: SDK_SERVICES.eventbridge, prefix: 'EventBridge', called: 'AmazonEventBridge' };

/** Whose task puts an event is told with it. */
function signed(asked: unknown, { stateMachineArn, executionArn }: Within): unknown {
  if (!isRecord(asked) || !Array.isArray(asked.Entries)) return asked;
  const Entries = asked.Entries.map((entry: unknown) => {
    if (!isRecord(entry)) return entry;
    const { Resources = [] } = entry;
    return Array.isArray(Resources)
      ? { ...entry, Resources: [...(Resources as unknown[]), stateMachineArn, executionArn] }
      : entry;
  });
  return { ...asked, Entries };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html */
export function putEvents(service: () => JsonService): SignedTask {
  const put = optimized(EVENT_BRIDGE, service, 'PutEvents', ['Entries']);
  return async (asked, caller, within) => {
    const answer = await put(signed(asked, within), caller);
    if (isRecord(answer) && answer.FailedEntryCount !== 0)
      throw new StatesError('EventBridge.FailedEntry', JSON.stringify(answer));
    return answer;
  };
}
