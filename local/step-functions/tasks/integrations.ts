import type { JsonService } from '../../service.ts';
import type { Integration } from './integration.ts';
import { sdkIntegration } from './sdk.ts';

/** A task's resource, read: `sns:publish.waitForTaskToken`. */
export interface Resource {
  /** `lambda:invoke`, `aws-sdk:s3:listObjectsV2`. */
  readonly name: string;
  /** How a task goes on once its service has answered. @default - with the answer, at once */
  readonly pattern?: string;
}

export function readResource(resource: string): Resource {
  const [, name = resource, pattern] = /^([^.]+)\.(sync|sync:2|waitForTaskToken)$/.exec(resource) ?? [];
  return { name, ...(pattern !== undefined && { pattern }) };
}

/** Everything that tasks may call. */
export class Integrations {
  /**
   * @param optimized Those with an integration of their own, by what follows `:states:::` in the ARN of a task's resource
   * @param services Those of which any operation may be called
   */
  constructor(
    private readonly optimized: Readonly<Record<string, Integration>>,
    private readonly services: () => readonly JsonService[],
  ) {}

  /** @returns undefined for what is not simulated */
  find(name: string): Integration | undefined {
    if (Object.hasOwn(this.optimized, name)) return this.optimized[name];
    const [, service = '', operation = ''] = /^aws-sdk:([a-z\d]+):([A-Za-z\d]+)$/.exec(name) ?? [];
    return sdkIntegration(this.services(), service, operation);
  }

  /** What there is, in words. */
  get known(): string {
    return [...Object.keys(this.optimized), 'aws-sdk:<service>:<operation> of what the endpoint serves over JSON'].join(', ');
  }
}
