import { Fn } from 'aws-cdk-lib/core';

/** The availability zones of a network. */
export class Zones {
  /**
   * The first zones that CloudFormation lists when it deploys. AWS does not promise that the order stays, and Lambda is not in every zone:
   * what has to last names its zones.
   *
   * @param count 1 to 4
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html
   */
  public static first(count: number): Zones {
    return new Zones(Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs())));
  }

  /** The zones of these names, `eu-west-1a`; 1 to 4, each once. A zone added at the end leaves the others as they are. */
  public static named(names: readonly string[]): Zones {
    return new Zones(names);
  }

  private constructor(
    /** As CloudFormation takes them. */
    public readonly names: readonly string[],
  ) {}
}
