import { endpoint } from './endpoint.ts';
import { hold } from './hold.ts';
import { presignedUrls } from './presigned-urls.ts';

hold(endpoint);
hold(presignedUrls);
