import { Fn } from 'aws-cdk-lib/core';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { exportName, exportSegment } from '../../core/naming.ts';
import { importScope } from '../import-scope.ts';
import type { StreamIngestionProps } from '../ingestion/stream-ingestion.ts';

/** What the datasets of a domain share: made by `Domain`, or imported from its exports. */
export type DomainShared = Pick<StreamIngestionProps, 'quarantine' | 'protectionSecret'>;

/** The fixed list that a domain exports, whether it is split or not; its further parts read nothing else of it. */
const DOMAIN_EXPORTS = ['QuarantineStreamName', 'QuarantineStreamArn', 'ProtectionSecretArn'] as const;
type DomainExport = (typeof DOMAIN_EXPORTS)[number];

const domainExport = (environment: string, domain: string, name: DomainExport): string =>
  exportName(environment, `${exportSegment(domain)}-${name}`);

/** The values that a domain exports, by the names that `importDomain` knows. */
export function domainExports(
  environment: string,
  domain: string,
  { quarantine, protectionSecret }: DomainShared,
): readonly { readonly id: DomainExport; readonly exportName: string; readonly value: string }[] {
  const values: Readonly<Record<DomainExport, string>> = {
    QuarantineStreamName: quarantine.deliveryStreamRef.deliveryStreamName,
    QuarantineStreamArn: quarantine.deliveryStreamRef.deliveryStreamArn,
    ProtectionSecretArn: protectionSecret.secretArn,
  };
  return DOMAIN_EXPORTS.map((id) => ({ id, exportName: domainExport(environment, domain, id), value: values[id] }));
}

/** What the datasets of a domain share, where the domain stands in another stack: by its exports. @throws {@link InvalidProps} `BadEnvironment` */
export function importDomain(parent: Construct, environment: string, domain: string): DomainShared {
  const scope = importScope(parent, 'Domain', environment);
  const value = (name: DomainExport) => Fn.importValue(domainExport(environment, domain, name));
  return {
    quarantine: firehose.DeliveryStream.fromDeliveryStreamAttributes(scope, 'Quarantine', {
      deliveryStreamArn: value('QuarantineStreamArn'),
      deliveryStreamName: value('QuarantineStreamName'),
    }),
    protectionSecret: secrets.Secret.fromSecretCompleteArn(scope, 'ProtectionSecret', value('ProtectionSecretArn')),
  };
}
