/**
 * The members of a list in a form: `Tags.member.1.Key` and its siblings give one object for each number, in their order.
 *
 * @returns each member's fields by name; that of a member that is a text itself stands under ''
 */
export function formList(fields: ReadonlyMap<string, string>, name: string): readonly ReadonlyMap<string, string>[] {
  const members = new Map<number, Map<string, string>>();
  for (const [field, value] of fields) {
    const [, index, member = ''] = new RegExp(`^${name}\\.member\\.(\\d+)(?:\\.(\\w+))?$`).exec(field) ?? [];
    if (index === undefined) continue;
    const at = members.get(Number(index)) ?? new Map<string, string>();
    members.set(Number(index), at.set(member, value));
  }
  return [...members].sort(([a], [b]) => a - b).map(([, member]) => member);
}
