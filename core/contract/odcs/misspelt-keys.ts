import type { DocumentPath, Fault } from '../fault.ts';
import { meantKey } from './meant-key.ts';

/** A key that the standard does not know, and the one that it surely means: what else is wrong is judged as if it were written so. */
export interface Slip {
  readonly parent: DocumentPath;
  readonly written: string;
  readonly meant: string;
}

/** Slips by the path that they mean. */
export type Slips = ReadonlyMap<string, Slip>;

/** A path as a key of a map: its parts may hold any character. */
export const pathKey = (path: readonly PropertyKey[]): string => JSON.stringify(path);

const at = (document: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>((parent, part) => (parent as Readonly<Record<string | number, unknown>>)[part], document);

/** Of the keys that are not known, those that mean one which is not stated beside them. */
export function slipsAmong(faults: readonly Fault[], document: unknown): Slips {
  const slips = new Map<string, Slip>();
  for (const { code, path } of faults) {
    const written = path.at(-1);
    if (code !== 'UnknownKey' || typeof written !== 'string') continue;
    const parent = path.slice(0, -1);
    const meant = meantKey(written, parent);
    if (meant === undefined || Object.hasOwn(at(document, parent) as object, meant)) continue;
    const key = pathKey([...parent, meant]);
    if (!slips.has(key)) slips.set(key, { parent, written, meant });
  }
  return slips;
}

/** A copy of a document without the keys that are not known, and with those that slips mean. */
export function mended(document: unknown, unknown: readonly DocumentPath[], slips: Slips): object {
  const copy = structuredClone(document) as object;
  for (const { parent, written, meant } of slips.values()) {
    const map = at(copy, parent) as Record<string, unknown>;
    map[meant] = map[written];
  }
  for (const path of unknown) Reflect.deleteProperty(at(copy, path.slice(0, -1)) as object, path.at(-1) ?? '');
  return copy;
}

/** Whether a fault says that something is missing which is there, misspelt. */
export const isConsequence = ({ path, code }: Fault, slips: Slips): boolean => code !== 'UnknownKey' && slips.has(pathKey(path));

/** A fault of the mended document, with the path that the file has. */
export function asWritten(fault: Fault, slips: Slips): Fault {
  if (slips.size === 0) return fault;
  for (let length = 1; length <= fault.path.length; length += 1) {
    const slip = slips.get(pathKey(fault.path.slice(0, length)));
    if (slip !== undefined) return { ...fault, path: [...slip.parent, slip.written, ...fault.path.slice(length)] };
  }
  return fault;
}
