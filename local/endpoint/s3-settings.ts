import { parseIsoTime } from '../iso-time.ts';
import { lacking, malformedXml, RESTORE_TIERS, RETENTION_MODES, type Retention, type RestoreRequest } from '../s3/index.ts';
import { xmlAnswer, type S3Call, type S3Operation } from './s3-call.ts';
import { versionHeader } from './s3-describe.ts';
import { checkBody } from './s3-digests.ts';
import { bypassOf, placeOfObject } from './s3-request.ts';
import { parseXml, type XmlElement } from './s3-xml.ts';
import type { WireResponse } from './wire.ts';

/** The document of a request, whose bytes are what the client says they are. */
export function documentOf(call: S3Call, root: string): XmlElement {
  checkBody(call);
  return parseXml(call.request.body, root);
}

function getTagging(call: S3Call): WireResponse {
  const located = call.s3.settings.tags(call.caller, placeOfObject(call));
  const Tag = Object.entries(located.version.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return xmlAnswer('Tagging', { TagSet: { Tag } }, versionHeader(located));
}

function putTagging(call: S3Call): WireResponse {
  const set = documentOf(call, 'Tagging').only('TagSet').child('TagSet')?.only('Tag');
  const pairs = (set?.all('Tag') ?? []).map((tag) => [tag.only('Key', 'Value').required('Key'), tag.required('Value')] as const);
  return { status: 200, headers: versionHeader(call.s3.settings.putTags(call.caller, placeOfObject(call), pairs)) };
}

function getRetention(call: S3Call): WireResponse {
  const { mode, until } = call.s3.settings.retention(call.caller, placeOfObject(call));
  return xmlAnswer('Retention', { Mode: mode, RetainUntilDate: new Date(until).toISOString() });
}

/** An empty document takes the retention away. */
function retentionOf(document: XmlElement): Retention | undefined {
  if (document.only('Mode', 'RetainUntilDate').children.length === 0) return undefined;
  const mode = RETENTION_MODES.find((name) => name === document.text('Mode'));
  const until = parseIsoTime(document.required('RetainUntilDate'));
  if (mode === undefined || until === undefined) throw malformedXml();
  return { mode, until };
}

function putRetention(call: S3Call): WireResponse {
  const retention = retentionOf(documentOf(call, 'Retention'));
  const bypass = bypassOf(call.header) === true;
  call.s3.settings.putRetention(call.caller, placeOfObject(call), retention, bypass);
  return { status: 200 };
}

function putLegalHold(call: S3Call): WireResponse {
  const status = documentOf(call, 'LegalHold').only('Status').required('Status');
  if (status !== 'ON' && status !== 'OFF') throw malformedXml();
  call.s3.settings.putLegalHold(call.caller, placeOfObject(call), status === 'ON');
  return { status: 200 };
}

const TIER = ['Tier'] as const;

/** @throws S3Error MalformedXML, NotImplemented for restores that select or that write elsewhere */
function restoreOf(document: XmlElement): RestoreRequest {
  const lackingPart = document.children.find(({ name }) => ['Type', 'SelectParameters', 'OutputLocation'].includes(name));
  if (lackingPart !== undefined) throw lacking(`RestoreObject with '${lackingPart.name}'`);
  document.only('Days', 'Tier', 'GlacierJobParameters', 'Description');
  const days = document.required('Days');
  const given =
    document
      .child('GlacierJobParameters')
      ?.only(...TIER)
      .required('Tier') ?? document.text('Tier');
  const tier = RESTORE_TIERS.find((name) => name === given);
  if (!/^\d{1,9}$/.test(days) || (given !== undefined && tier === undefined)) throw malformedXml();
  return { days: Number(days), tier };
}

function restore(call: S3Call): WireResponse {
  const { extended } = call.s3.settings.restore(call.caller, placeOfObject(call), restoreOf(documentOf(call, 'RestoreRequest')));
  return { status: extended ? 200 : 202 };
}

const checked = { headers: ['x-amz-checksum-*'] } as const;

/** Tags, locks and restores of versions that stand. */
export const SETTING_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  GetObjectTagging: { parameters: ['tagging', 'versionId'], headers: [], answer: getTagging },
  PutObjectTagging: { parameters: ['tagging', 'versionId'], ...checked, answer: putTagging },
  DeleteObjectTagging: {
    parameters: ['tagging', 'versionId'],
    headers: [],
    answer: (call) => ({ status: 204, headers: versionHeader(call.s3.settings.deleteTags(call.caller, placeOfObject(call))) }),
  },
  GetObjectRetention: { parameters: ['retention', 'versionId'], headers: [], answer: getRetention },
  PutObjectRetention: {
    parameters: ['retention', 'versionId'],
    headers: ['x-amz-checksum-*', 'x-amz-bypass-governance-retention'],
    answer: putRetention,
  },
  GetObjectLegalHold: {
    parameters: ['legal-hold', 'versionId'],
    headers: [],
    answer: (call) => {
      const held = call.s3.settings.legalHold(call.caller, placeOfObject(call));
      return xmlAnswer('LegalHold', { Status: held ? 'ON' : 'OFF' });
    },
  },
  PutObjectLegalHold: { parameters: ['legal-hold', 'versionId'], ...checked, answer: putLegalHold },
  RestoreObject: { parameters: ['restore', 'versionId'], ...checked, answer: restore },
};
