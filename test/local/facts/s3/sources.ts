import { recorded as recordedOnAws } from '../recorded.ts';

/** A page of S3's API reference. */
export const api = (operation: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation}.html`;
/** A page of S3's user guide. */
export const guide = (page: string): string => `https://docs.aws.amazon.com/AmazonS3/latest/userguide/${page}.html`;
export const recorded = (test: string): string => recordedOnAws(`s3/${test}`);
