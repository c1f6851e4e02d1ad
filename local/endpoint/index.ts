export { Endpoint, type EndpointProps } from './endpoint.ts';
