import { hold } from './hold.ts';
import { sts } from './sts.ts';

hold(sts);
