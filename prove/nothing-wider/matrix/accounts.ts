/** The account and region that every environment is read in: one for all of them, so that nothing but a policy keeps them apart. */
export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
/** Somebody else's account. */
export const FOREIGN = '999988887777';
