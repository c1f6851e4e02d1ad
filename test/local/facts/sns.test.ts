import { hold } from './hold.ts';
import { snsFifo } from './sns/fifo.ts';
import { snsFiltering } from './sns/filtering.ts';
import { snsOwners } from './sns/owners.ts';
import { snsPublishing } from './sns/publishing.ts';
import { snsReading } from './sns/reading.ts';

hold(snsPublishing);
hold(snsReading);
hold(snsFiltering);
hold(snsOwners);
hold(snsFifo);
