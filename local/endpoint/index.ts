export { Endpoint, type EndpointProps } from './endpoint.ts';
export { Port } from './port.ts';
export { Gate } from './gate.ts';
