export { Consumer, type ConsumerProps } from './consumer.ts';
