/**
 * What a custom resource's function tells CloudFormation goes to this machine: it puts its answer over HTTPS to a host of AWS, whose name
 * stands in the request, and CDK's own functions take no port of it.
 */
export const ANSWERS = `
const http = require('node:http');
const https = require('node:https');

const { host: answersHost, address: answersAddress } = workerData.answers;
const here = new URL(answersAddress);
const ask = https.request;
https.request = function request(...args) {
  const url = typeof args[0] === 'string' || args[0] instanceof URL ? new URL(args[0]) : undefined;
  const given = (url === undefined ? args[0] : args[1]) ?? {};
  const options = typeof given === 'function' ? {} : given;
  if ((options.hostname ?? options.host ?? url?.hostname) !== answersHost) return ask.apply(https, args);
  const { agent, host, hostname, port, protocol, path = url === undefined ? '/' : url.pathname + url.search, ...rest } = options;
  return http.request({ ...rest, host: here.hostname, port: here.port, path: here.pathname + path }, args.find((arg) => typeof arg === 'function'));
};
const fetched = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = new URL(input instanceof Request ? input.url : String(input));
  if (url.hostname !== answersHost) return fetched(input, init);
  const address = answersAddress + url.pathname + url.search;
  return fetched(input instanceof Request ? new Request(address, input) : address, init);
};
`;
