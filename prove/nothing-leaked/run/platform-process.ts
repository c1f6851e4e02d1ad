/** The process in which a platform lives: it is told what to do on its command line, and reports in a file. */
import { writeFileSync } from 'node:fs';
import { order } from './order.ts';
import { PlatformLife } from './platform-life.ts';

const told = order.parse(JSON.parse(process.argv[2] ?? ''));
const life = await PlatformLife.begin(told);
if (told.ends === 'killed') await life.die();
else writeFileSync(told.report, JSON.stringify(await life.live()));
