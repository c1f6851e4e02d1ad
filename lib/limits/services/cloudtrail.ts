import { ofType, type ServiceLimits } from '../limit.ts';
import { at } from '../measures.ts';

const SEE = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html';

/** What CloudTrail takes. */
export const cloudtrail: ServiceLimits = {
  resources: [
    {
      type: 'AWS::CloudTrail::Trail',
      what: "values of a trail's event selectors",
      most: 500,
      measure: ({ AdvancedEventSelectors }) =>
        at(AdvancedEventSelectors, 'FieldSelectors')
          .flatMap((selector) => Object.values(selector as Readonly<Record<string, unknown>>))
          .filter(Array.isArray)
          .flat().length,
      remedy: 'watch fewer buckets by one trail',
      see: SEE,
    },
  ],
  quotas: [{ what: 'trails', regional: true, byDefault: 5, most: 5, count: ofType('AWS::CloudTrail::Trail'), see: SEE }],
};
