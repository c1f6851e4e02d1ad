import { hold } from './hold.ts';
import { kinesisReading } from './kinesis/reading.ts';
import { kinesisShards } from './kinesis/shards.ts';
import { kinesisWriting } from './kinesis/writing.ts';

hold(kinesisWriting);
hold(kinesisReading);
hold(kinesisShards);
