import { callers } from '../../../../local/callers.ts';
import { ServiceError } from '../../../../local/service.ts';
import { account, document } from '../../iam/account.ts';
import { TOPIC } from '../../sns/rig.ts';
import type { FactTable } from '../fact.ts';

const PAGE = 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner';

/** Whether a service may publish to a topic that lets in whom the account owns, by this name of the owner. */
function isLetIn(service: string, key: string): boolean {
  const { iam, sessions } = account();
  const statement = {
    Principal: { Service: service },
    Action: 'sns:Publish',
    Resource: TOPIC,
    Condition: { StringEquals: { [key]: '123456789012' } },
  };
  iam.addResourcePolicy({ arn: TOPIC, document: document(statement), code: 'InvalidParameter' });
  const sourceArn = 'arn:aws:any:us-east-1:123456789012:source';
  try {
    callers(iam, sessions).check({ service, sourceArn, accountId: '123456789012' }, 'sns:Publish', TOPIC);
    return true;
  } catch (error) {
    if (error instanceof ServiceError) return false;
    throw error;
  }
}

/** What policies of topics hear of services. */
export const snsOwners: FactTable = {
  service: 'SNS, owners of what publishes',
  facts: [
    {
      says: 'CloudWatch tells the owner of an alarm as aws:SourceOwner too, for which the default policy of a topic asks; EventBridge tells it as aws:SourceAccount alone',
      basis: 'documented',
      source: PAGE,
      holds: () => {
        const services = ['cloudwatch.amazonaws.com', 'events.amazonaws.com'];
        expect(services.map((service) => isLetIn(service, 'aws:SourceOwner'))).toEqual([true, false]);
        expect(services.map((service) => isLetIn(service, 'aws:SourceAccount'))).toEqual([true, true]);
      },
    },
    {
      says: 'neither S3 nor Scheduler tells aws:SourceOwner: the page does not name them among those that do',
      basis: 'undecided',
      source: PAGE,
      holds: () => {
        for (const service of ['s3.amazonaws.com', 'scheduler.amazonaws.com'])
          expect([isLetIn(service, 'aws:SourceOwner'), isLetIn(service, 'aws:SourceAccount')]).toEqual([false, true]);
      },
    },
  ],
};
