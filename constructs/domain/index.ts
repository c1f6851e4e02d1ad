export { Domain, type DomainProps } from './domain.ts';
