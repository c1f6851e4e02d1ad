import type { DangerCode } from '../../../../core/review/danger.ts';
import type { PlatformCopy } from './platform-copy.ts';

/** One edit of prod's templates. */
export interface Case {
  readonly name: string;
  /** What the base needs that prod may not have. */
  readonly given?: (platform: PlatformCopy) => void;
  readonly edit: (platform: PlatformCopy) => void;
}

export interface DangerousCase extends Case {
  /** All that must be found, and nothing else. */
  readonly dangers: readonly DangerCode[];
}
