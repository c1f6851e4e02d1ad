import { App } from 'aws-cdk-lib/core';
import { readContracts } from '../core/contract/read-file.ts';
import { APP_PROPS } from '../lib/app-props.ts';
import { environmentsAsked } from '../lib/config/environments.ts';
import { checkLimits } from '../lib/limits/check-limits.ts';
import { addPlatform } from '../lib/platform.ts';

/** Synthesizes dev from a folder of contracts, once, in a process of its own as `cdk synth` does; prints the CPU milliseconds of all, and of reading. */
const [folder = '', outdir = ''] = process.argv.slice(2);
const before = process.cpuUsage();
const app = new App({ ...APP_PROPS, outdir });
const contracts = readContracts(folder);
const reading = process.cpuUsage(before);
for (const environment of environmentsAsked('dev')) addPlatform(app, { environment, contracts, namedQueries: [] });
checkLimits(app.synth(), ['dev']);
const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;
console.log(JSON.stringify([milliseconds(process.cpuUsage(before)), milliseconds(reading)]));
