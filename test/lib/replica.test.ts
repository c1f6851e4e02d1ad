import { stackName } from '../../core/naming.ts';
import type { Environment } from '../../lib/config/environment.ts';
import { environmentWithoutAccount, parseTemplate, platformTemplates } from '../support/platform.ts';
import { readable, type Resource } from '../support/synth.ts';

const dev = { ...environmentWithoutAccount('dev'), replicationRegion: 'eu-west-3' };
const stacksOf = (environment: Environment) => {
  const templates = platformTemplates([], [], environment);
  return (name: string): Resource[] => Object.values(parseTemplate(templates.get(name) ?? '{}').Resources);
};
const ofType = (resources: readonly Resource[], type: string) => resources.filter(({ Type }) => Type === type);
const endpoints = (resources: readonly Resource[]) =>
  ofType(resources, 'AWS::SNS::Subscription').map(({ Properties }) => [Properties.Endpoint, readable(Properties.TopicArn)]);

test('what comes late is told in the region of the copies, to whom alarms are told in the first', () => {
  const resources = stacksOf({ ...dev, alarms: { emails: ['on-call@example.com'] } });
  const [replica, foundation] = [resources(stackName.replica('dev')), resources(stackName.foundation('dev'))];
  expect(ofType(replica, 'AWS::CloudWatch::Alarm').map(({ Properties }) => readable(Properties.AlarmActions))).toEqual(
    Array(3).fill(['${ReplicaAlarmsTopic}']),
  );
  expect(ofType(foundation, 'AWS::CloudWatch::Alarm').map(({ Properties }) => readable(Properties.AlarmActions))).toEqual([
    ['${AlarmsTopic}'],
  ]);
  expect(endpoints(replica)).toEqual([['on-call@example.com', '${ReplicaAlarmsTopic}']]);
  expect(endpoints(foundation)).toEqual([['on-call@example.com', '${AlarmsTopic}']]);
});

test('copies of an environment without alarms have no topic either, and one key', () => {
  const replica = stacksOf(dev)(stackName.replica('dev'));
  for (const type of ['AWS::CloudWatch::Alarm', 'AWS::SNS::Topic', 'AWS::SNS::Subscription'])
    expect(ofType(replica, type)).toEqual([]);
  expect(ofType(replica, 'AWS::KMS::Key')).toHaveLength(1);
});
