/** Where an environment is deployed when its statements are read: the local runtime's own account and region. */
export const PLACE = { account: '123456789012', region: 'us-east-1' } as const;
