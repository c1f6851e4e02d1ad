import { isRecord } from '../input.ts';

/** Names in a text of Fn::Sub: `${Name}` and `${Name.Attribute}`; `${!Literal}` stands for itself. */
export const SUB_NAME = /\$\{(!?)([^}]*)\}/g;

/** Logical names that a value refers to by Ref, Fn::GetAtt or Fn::Sub; parameters and pseudo parameters among them. */
export function referencesIn(value: unknown): Set<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value as unknown[]) collect(item, found);
  if (!isRecord(value)) return;
  if (typeof value.Ref === 'string') found.add(value.Ref);
  const attribute = value['Fn::GetAtt'];
  const holder: unknown = Array.isArray(attribute) ? (attribute as unknown[])[0] : attribute;
  if (typeof holder === 'string') found.add(holder.split('.')[0] ?? '');
  const sub = value['Fn::Sub'];
  const [text, own]: unknown[] = Array.isArray(sub) ? (sub as unknown[]) : [sub];
  if (typeof text === 'string') {
    const variables = isRecord(own) ? Object.keys(own) : [];
    for (const [, literal, name = ''] of text.matchAll(SUB_NAME)) {
      if (literal === '' && !variables.includes(name)) found.add(name.split('.')[0] ?? '');
    }
  }
  for (const member of Object.values(value)) collect(member, found);
}
