/** All that Athena says of some statements. */
export const UNSUPPORTED = 'Queries of this type are not supported';

/** What a statement may begin with, as Athena lists it. */
export const BEGINNINGS =
  "'ALTER', 'ANALYZE', 'CALL', 'COMMENT', 'COMMIT', 'CREATE', 'DEALLOCATE', 'DELETE', 'DENY', 'DESC', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', " +
  "'GRANT', 'INSERT', 'MERGE', 'PREPARE', 'REFRESH', 'RESET', 'REVOKE', 'ROLLBACK', 'SET', 'SHOW', 'START', 'TRUNCATE', 'UNLOAD', 'UPDATE', 'USE', <query>";

/** The same, and what Athena reads beyond that list. */
export const KEYWORDS =
  /^(?:alter|analyze|call|comment|commit|create|deallocate|delete|deny|desc|describe|drop|execute|explain|grant|insert|merge|prepare|refresh|reset|revoke|rollback|set|show|start|truncate|unload|update|use|select|with|values|table|\(|msck|optimize|vacuum)$/i;
