import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECTS } from './projects.ts';

/**
 * What Lambda lays beside code that stands in a template, for functions of custom resources.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-lambda-function-code-cfnresponsemodule.html
 */
const CFN_RESPONSE = `
'use strict';
const https = require('node:https');

exports.SUCCESS = 'SUCCESS';
exports.FAILED = 'FAILED';
exports.send = (event, context, status, data, physicalId, noEcho) =>
  new Promise((resolve) => {
    const body = JSON.stringify({
      Status: status,
      Reason: 'See the details in CloudWatch Log Stream: ' + context.logStreamName,
      PhysicalResourceId: physicalId || context.logStreamName,
      StackId: event.StackId,
      RequestId: event.RequestId,
      LogicalResourceId: event.LogicalResourceId,
      NoEcho: noEcho || false,
      Data: data,
    });
    const { hostname, pathname, search } = new URL(event.ResponseURL);
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const request = https.request({ hostname, port: 443, path: pathname + search, method: 'PUT', headers }, (response) => {
      response.resume();
      resolve(context.done());
    });
    request.on('error', (error) => {
      console.log('send(..) failed executing https.request(..): ' + error.message);
      resolve(context.done(error));
    });
    request.end(body);
  });
`;

/** Writes the code of a template as CloudFormation does, `index.js`, and answers its folder. */
export function writeInlineCode(folder: string, code: string): string {
  const beside = path.join(folder, 'node_modules', 'cfn-response');
  mkdirSync(beside, { recursive: true });
  writeFileSync(path.join(folder, 'index.js'), code);
  writeFileSync(path.join(beside, 'index.js'), CFN_RESPONSE);
  for (const scope of ['@aws-sdk', '@smithy']) {
    const found = PROJECTS.flatMap(foldersAbove).find((place) => existsSync(path.join(place, scope)));
    // modules of ECMAScript look nowhere else
    if (found !== undefined) symlinkSync(path.join(found, scope), path.join(folder, 'node_modules', scope), 'junction');
  }
  return folder;
}

/** `node_modules` of a folder, and of each above it. */
function foldersAbove(folder: string): string[] {
  const above = path.dirname(folder);
  return [path.join(folder, 'node_modules'), ...(above === folder ? [] : foldersAbove(above))];
}
