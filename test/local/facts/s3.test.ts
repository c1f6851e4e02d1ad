import { hold } from './hold.ts';
import { s3Access } from './s3/access.ts';
import { s3Buckets } from './s3/buckets.ts';
import { s3Lifecycle } from './s3/lifecycle.ts';
import { s3Locks } from './s3/locks.ts';
import { s3Multipart } from './s3/multipart.ts';
import { s3Objects } from './s3/objects.ts';
import { s3Restores } from './s3/restores.ts';
import { s3Versions } from './s3/versions.ts';

hold(s3Objects);
hold(s3Versions);
hold(s3Multipart);
hold(s3Lifecycle);
hold(s3Restores);
hold(s3Access);
hold(s3Locks);
hold(s3Buckets);
