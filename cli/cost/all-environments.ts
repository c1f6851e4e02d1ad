/** What `-c env` takes for every environment of a project. */
export const ALL = 'all';
