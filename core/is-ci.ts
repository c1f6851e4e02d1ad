/** Whether a process runs on CI: what it writes is lost with the machine, and no person has looked. */
export const isCi = ({ CI = '' }: Readonly<Record<string, string | undefined>>): boolean => !['', 'false', '0'].includes(CI);
