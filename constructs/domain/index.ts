export { Domain, type DomainProps } from './domain.ts';
export { importDomain, type DomainShared } from './domain-exports.ts';
