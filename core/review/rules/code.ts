import { same } from '../../contract/compatibility/canonical.ts';
import type { Resource } from '../../aws/template.ts';
import { danger, type Danger } from '../danger.ts';
import { at, listOf, textOf } from '../value.ts';
import { always, type Judge } from './judge.ts';

const elsewhere = 'what runs is not what the project built, and nothing here says who wrote it';

const isInline = (code: unknown): boolean => at(code, 'ZipFile') !== undefined;
const moved = always('CodeFromElsewhere', elsewhere);

/**
 * Another build has another hash, which is masked before anything is judged: what is left is another place, or code in the template, where a
 * person reads it.
 */
export const builtCode: Judge = (before, after, path, whole) =>
  isInline(before) && isInline(after) ? [] : moved(before, after, path, whole);

/** The buckets to which the CDK puts what it builds. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const ASSETS = /^cdk-[a-z0-9]+-assets-/;

/** Code that is new: of an asset, or in the template, where a person reads it. */
export const newCode = (code: unknown): readonly Danger[] =>
  code === undefined || isInline(code) || ASSETS.test(textOf(at(code, 'S3Bucket') ?? ''))
    ? []
    : [danger('CodeFromElsewhere', `it is of no bucket of assets: ${elsewhere}`)];

type Resources = ReadonlyMap<string, Resource>;

/** A layer of the same template stands there with its own code, and one that another stack exports in that stack. */
function isOwnLayer(layer: unknown, resources: Resources): boolean {
  if (typeof layer !== 'object' || layer === null) return false;
  if ('Fn::ImportValue' in layer) return true;
  return 'Ref' in layer && resources.get(String(layer.Ref))?.type === 'AWS::Lambda::LayerVersion';
}

/** Layers that came, and are not of the platform. */
export const newLayers = (before: unknown, after: unknown, resources: Resources): readonly Danger[] =>
  listOf(after)
    .filter((layer) => !isOwnLayer(layer, resources) && !listOf(before).some((other) => same(layer, other)))
    .map(() => danger('CodeFromElsewhere', `a layer is none of the template: ${elsewhere}`));

/** Layers of the platform that are gone: what they hold, a contract by which events are judged, the function finds no more. */
export const lostLayers = (before: unknown, after: unknown): readonly Danger[] =>
  listOf(before)
    .filter((layer) => typeof layer === 'object' && !listOf(after).some((other) => same(layer, other)))
    .map(() => danger('UnknownEffect', 'it loses a layer of the platform: see that nothing in it is still read'));
