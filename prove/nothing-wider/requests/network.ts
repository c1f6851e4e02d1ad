import type { Access } from '../scenarios/recorder.ts';
import { declared, listAt, ofType, onBehalfOf, sessionOf, textAt, type Declare, type Standing } from './declared.ts';

/**
 * Lambda gives a function its interfaces in a network, as the function's role and outside of the function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const interfaces: Declare = (standing) =>
  declared(
    'Lambda gives a function its network interfaces',
    ofType(standing, 'AWS::Lambda::Function').flatMap((code) => {
      const principal = sessionOf(textAt(code, 'Role') ?? '');
      const arn = (resource: string): string => `arn:aws:ec2:${code.region}:${code.account}:${resource}`;
      const subnets = listAt(code, 'VpcConfig', 'SubnetIds').map((id) => arn(`subnet/${String(id)}`));
      const groups = listAt(code, 'VpcConfig', 'SecurityGroupIds').map((id) => arn(`security-group/${String(id)}`));
      const made = arn('network-interface/eni-0123456789abcdef0');
      if (subnets.length === 0) return [];
      return [
        ...['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'].map((action) => ({ principal, action, resource: '*' })),
        ...[...subnets, ...groups, made].map((resource) => ({ principal, action: 'ec2:CreateNetworkInterface', resource })),
        { principal, action: 'ec2:DeleteNetworkInterface', resource: made },
        ...['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'].flatMap((action) =>
          subnets.map((subnet) => ({ principal, action, resource: made, context: { 'ec2:Subnet': subnet } })),
        ),
      ];
    }),
  );

/**
 * A network's flow log.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
const flowLogs: Declare = (standing) =>
  declared(
    'a network writes its flow log',
    ofType(standing, 'AWS::EC2::FlowLog').flatMap((flowLog) => {
      const role = textAt(flowLog, 'DeliverLogsPermissionArn') ?? '';
      const group = `arn:aws:logs:${flowLog.region}:${flowLog.account}:log-group:${textAt(flowLog, 'LogGroupName') ?? ''}`;
      const source = `arn:aws:ec2:${flowLog.region}:${flowLog.account}:vpc-flow-log/${flowLog.ref}`;
      const trusted = { principal: { service: 'vpc-flow-logs.amazonaws.com' }, context: onBehalfOf(source) };
      const asked = (action: string, stream: string) => ({
        principal: sessionOf(role),
        action,
        resource: `${group}:log-stream:${stream}`,
      });
      return [
        { ...trusted, action: 'sts:AssumeRole', resource: role },
        asked('logs:CreateLogStream', 'eni-0123456789abcdef0-all'),
        asked('logs:PutLogEvents', 'eni-0123456789abcdef0-all'),
        asked('logs:DescribeLogStreams', ''),
      ];
    }),
  );

export const network: Declare = (standing) => [...interfaces(standing), ...flowLogs(standing)];

/** Services by the last part of their endpoints' names, where these differ. */
const ENDPOINTS: Readonly<Record<string, string>> = { firehose: 'kinesis-firehose' };

/** What functions in a network asked for on the local runtime, which has none, as it passes the endpoints of theirs. */
export function throughEndpoints(standing: Standing, accesses: readonly Access[]): readonly Access[] {
  const roles = ofType(standing, 'AWS::Lambda::Function')
    .filter((code) => listAt(code, 'VpcConfig', 'SubnetIds').length > 0)
    .map((code) => textAt(code, 'Role'));
  return accesses
    .filter(({ request: { principal } }) => 'arn' in principal && roles.includes(principal.arn))
    .map(({ scenario, request }): Access => {
      const service = request.action.slice(0, request.action.indexOf(':'));
      return { scenario, how: 'declared', request: { ...request, endpoint: ENDPOINTS[service] ?? service } };
    });
}
