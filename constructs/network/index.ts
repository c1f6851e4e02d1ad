export { FunctionEndpoints, type FunctionEndpointsProps } from './function-endpoints.ts';
export { importNetwork, type FunctionNetwork } from './function-network.ts';
export { LakeNetwork, type LakeNetworkProps } from './lake-network.ts';
export { Zones } from './zones.ts';
