import { readFileSync } from 'node:fs';

/** What tells a process from a later one of the same number: its number and, where the system tells, when it started. */
export function processMark(pid: number): string {
  const started = statusOf(pid)?.start;
  return started === undefined ? String(pid) : `${pid} ${started}`;
}

/** Whether the process of a mark runs. */
export function isAlive(mark: string): boolean {
  const [pid = '', started] = mark.split(' ');
  if (!/^[1-9]\d*$/.test(pid) || !exists(Number(pid))) return false;
  const { state, start } = statusOf(Number(pid)) ?? {};
  if (state === 'Z' || state === 'X') return false; // it has ended, and its parent has not asked how
  return started === undefined || start === undefined || started === start;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What Linux tells of a process; `start` in clock ticks after the system's. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function statusOf(pid: number): { readonly state: string | undefined; readonly start: string | undefined } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state, start: fields[18] };
  } catch {
    return undefined; // no Linux, or no such process
  }
}
