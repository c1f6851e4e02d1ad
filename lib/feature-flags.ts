/** How the CDK behaves here, whoever runs the app: the CLI reads cdk.json, the local runtime and the tests do not. */
export const FEATURE_FLAGS = {
  '@aws-cdk/core:defaultCrossStackReferences': 'strong', // Fn::ImportValue, which every tool knows
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true, // a changed contract is a changed function version
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true,
  '@aws-cdk/core:target-partitions': ['aws'],
} as const;
