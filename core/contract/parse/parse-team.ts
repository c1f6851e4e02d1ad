import type { Fault } from '../fault.ts';
import type { DataContract } from '../model.ts';
import type { OdcsDocument } from '../odcs/odcs-shape.ts';

/** Words that stand where a name should: an owner who is nobody. */
const NOBODY = new Set(['', 'na', 'n/a', 'nobody', 'none', 'null', 'tbd', 'todo', 'unknown', 'x', '-', '?']);
const isSomebody = (name: string): boolean => !NOBODY.has(name.trim().toLowerCase());

/** Who answers for the data: the member with the role `Owner` who has not left, or else the team by its name. */
export function parseTeam(
  team: OdcsDocument['team'],
  faults: Fault[],
): { readonly owner: string; readonly members: DataContract['team'] } {
  const members = (team.members ?? []).map(({ username, name, role }) => ({
    username,
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role }),
  }));
  team.members?.forEach(({ username }, index) => {
    if (!isSomebody(username))
      faults.push({
        code: 'OwnerIsNobody',
        path: ['team', 'members', index, 'username'],
        message: `must name a person or a mailbox, got '${username}'; name who can be asked`,
      });
  });
  const here = team.members?.filter(({ dateOut, role }) => dateOut === undefined && role?.trim().toLowerCase() === 'owner') ?? [];
  const owner = here[0]?.username ?? team.name;
  if (owner === undefined)
    faults.push({
      code: 'OwnerMissing',
      path: ['team'],
      message: "must name who answers for the data; give a member who has not left the role 'Owner', or the team a name",
    });
  else if (here.length === 0 && !isSomebody(owner))
    faults.push({
      code: 'OwnerIsNobody',
      path: ['team', 'name'],
      message: `must name a team that can be asked, got '${owner}'; name it, or give a member the role 'Owner'`,
    });
  return { owner: owner ?? '', members };
}
