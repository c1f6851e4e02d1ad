import * as z from 'zod';
import type { DocumentPath } from '../fault.ts';
import { odcsDocument } from './odcs-shape.ts';

/** The keys that the standard knows at a place of a document; none where it takes any key, or no map at all. */
export function knownKeys(path: DocumentPath): readonly string[] {
  let shape: z.core.$ZodType | undefined = odcsDocument;
  for (const part of path) shape = shape === undefined ? undefined : inside(shape, part);
  const found = shape === undefined ? undefined : unwrap(shape);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

/**
 * Every key of the standard by its path without indexes, in the order of the shape: `schema.properties.logicalType`. Properties within
 * properties have the same keys again and are left out.
 */
export function allKeys(): readonly string[] {
  const found: string[] = [];
  const visit = (shape: z.core.$ZodType, path: string, above: readonly z.core.$ZodType[]): void => {
    const plain = unwrap(shape);
    if (above.includes(plain)) return;
    if (plain instanceof z.ZodArray) {
      visit(plain.element, path, above);
      return;
    }
    if (!(plain instanceof z.ZodObject)) return;
    for (const [key, value] of Object.entries(shapeOf(plain))) {
      const inner = path === '' ? key : `${path}.${key}`;
      found.push(inner);
      visit(value, inner, [...above, plain]);
    }
  };
  visit(odcsDocument, '', []);
  return found;
}

function inside(shape: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  const plain = unwrap(shape);
  if (typeof part === 'number') return plain instanceof z.ZodArray ? plain.element : undefined;
  return plain instanceof z.ZodObject ? shapeOf(plain)[part] : undefined;
}

const shapeOf = (object: z.ZodObject): Readonly<Record<string, z.core.$ZodType>> => object.shape;

function unwrap(shape: z.core.$ZodType): z.core.$ZodType {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodLazy) return unwrap(shape.unwrap());
  return shape;
}
