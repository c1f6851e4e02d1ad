import type { FunctionSettings } from '../../../../local/lambda/lambda.ts';
import { ARN, CALLER, deployed } from '../../lambda/rig.ts';

type Invoke = (event: object) => Promise<object>;

/** Lets a fact invoke a function of its own. */
export async function withFunction(code: string, settings: Partial<FunctionSettings>, use: (invoke: Invoke) => Promise<void>) {
  const { service } = deployed(code, settings);
  try {
    await use((event) => service.invoke(CALLER, ARN, event));
  } finally {
    await service.stop();
  }
}
