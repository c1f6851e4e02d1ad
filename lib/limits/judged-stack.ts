/** One resource of a template, as it will be deployed. */
export interface JudgedResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A stack as it will be deployed. */
export interface JudgedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Of the template's file, which is what CloudFormation is given. */
  readonly bytes: number;
  readonly template: {
    readonly Description?: string;
    readonly Resources?: Readonly<Record<string, JudgedResource>>;
    readonly Outputs?: Readonly<Record<string, unknown>>;
    readonly Parameters?: Readonly<Record<string, unknown>>;
    readonly Mappings?: Readonly<Record<string, unknown>>;
  };
  /** Bytes of an asset, unpacked, by the key that a template names it by; 0 for what is no asset of ours. */
  readonly assetBytes: (key: string) => number;
}

export const resourcesOf = (stack: JudgedStack): [id: string, resource: JudgedResource][] =>
  Object.entries(stack.template.Resources ?? {});
