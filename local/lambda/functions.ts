import { ServiceError } from '../service.ts';
import type { FunctionLog } from './function-log.ts';
import type { FunctionSettings } from './function-settings.ts';
import type { FunctionThread } from './function-thread.ts';

export interface DeployedFunction {
  readonly settings: FunctionSettings;
  /** Absent where the function's runtime does not run here. */
  readonly thread?: FunctionThread;
  readonly log: FunctionLog;
}

const UNPUBLISHED = '$LATEST';
/** Parts of an ARN that names a function alone. */
const UNQUALIFIED = 7;

/** The functions that are there, and what ARNs of versions and aliases stand for. */
export class Functions {
  private readonly byArn = new Map<string, DeployedFunction>();
  private readonly qualified = new Map<string, { readonly arn: string; readonly version: string }>();

  add(deployed: DeployedFunction): void {
    this.byArn.set(deployed.settings.arn, deployed);
  }

  all(): readonly DeployedFunction[] {
    return [...this.byArn.values()];
  }

  has(arn: string): boolean {
    return this.byArn.has(this.qualified.get(arn)?.arn ?? arn);
  }

  /** The function that an ARN stands for, whatever version or alias of it it names. @throws ServiceError ResourceNotFoundException */
  find(arn: string): DeployedFunction {
    const found = this.byArn.get(this.qualified.get(arn)?.arn ?? arn);
    if (found !== undefined) return found;
    const asked = arn.split(':').length > UNQUALIFIED ? arn : `${arn}:${UNPUBLISHED}`;
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${asked}`, 404);
  }

  /** One that can be invoked. @throws ServiceError NotImplemented, ResourceNotFoundException */
  runnable(arn: string): Required<DeployedFunction> {
    const { settings, thread, log } = this.find(arn);
    if (thread !== undefined) return { settings, thread, log };
    throw new ServiceError(
      'NotImplemented',
      `lambda: the runtime ${settings.runtime} of ${settings.name} does not run here`,
      501,
    );
  }

  /** Makes `arn`, a version's or an alias's, stand for the function that `target` stands for. @throws ServiceError ResourceNotFoundException */
  qualify(arn: string, target: string): void {
    const { settings } = this.find(target);
    this.qualified.set(arn, { arn: settings.arn, version: /:(\d+)$/.exec(arn)?.[1] ?? this.versionOf(target) });
  }

  /** Which version of its function runs where an ARN is invoked. */
  versionOf(arn: string): string {
    return this.qualified.get(arn)?.version ?? UNPUBLISHED;
  }
}
