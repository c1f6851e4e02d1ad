import { JsonProtocol } from '../../../local/endpoint/json-protocol.ts';
import type { Caller, JsonService } from '../../../local/service.ts';

/** The body with which a service answers or refuses over JSON. */
export async function overJson(service: JsonService, operation: string, input: object, caller: Caller): Promise<object> {
  const request = {
    method: 'POST',
    path: '/',
    query: [],
    headers: { 'x-amz-target': `${service.targetPrefix}.${operation}` },
    body: Buffer.from(JSON.stringify(input)),
  };
  const { body } = await new JsonProtocol([service]).answer(request, { caller, service: service.name, requestId: 'id' });
  if (typeof body !== 'string') throw new Error('JSON answers are texts');
  return JSON.parse(body) as object;
}
