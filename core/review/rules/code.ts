import { danger, type Danger } from '../danger.ts';
import { at, isObject, listOf, textOf } from '../value.ts';
import { always, type Judge } from './judge.ts';

const elsewhere = 'what runs is not what the project built, and nothing here says who wrote it';

/** Another build has another hash, which is masked before anything is judged: what is left is another place. */
export const builtCode: Judge = always('CodeFromElsewhere', elsewhere);

/** The buckets to which the CDK puts what it builds. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html */
const ASSETS = /^cdk-[a-z0-9]+-assets-/;

/** Code that is new: of an asset, or in the template, where a person reads it. */
export const newCode = (code: unknown): readonly Danger[] =>
  code === undefined || at(code, 'ZipFile') !== undefined || ASSETS.test(textOf(at(code, 'S3Bucket') ?? ''))
    ? []
    : [danger('CodeFromElsewhere', `it is of no bucket of assets: ${elsewhere}`)];

/** A layer of the same templates stands there with its own code; another one is named by its ARN. */
const isOwnLayer = (layer: unknown): boolean => typeof layer === 'object' && layer !== null && !isObject(layer);

/** Layers that came, and are not of the platform. */
export const newLayers = (before: unknown, after: unknown): readonly Danger[] =>
  listOf(after)
    .filter((layer) => !isOwnLayer(layer) && !listOf(before).includes(layer))
    .map(() => danger('CodeFromElsewhere', `a layer is named by its ARN: ${elsewhere}`));
