import { hold } from './hold.ts';
import { kmsAccess } from './kms/access.ts';
import { kmsCiphers } from './kms/ciphers.ts';
import { kmsGrants } from './kms/grants.ts';
import { kmsKeys } from './kms/keys.ts';

hold(kmsCiphers);
hold(kmsAccess);
hold(kmsGrants);
hold(kmsKeys);
