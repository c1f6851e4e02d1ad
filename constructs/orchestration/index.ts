export { RestoreArchive, type RestoreArchiveProps } from './restore-archive.ts';
