import type { FunctionSession, FunctionSettings } from './function-settings.ts';

/** MiB. */
const DEFAULT_MEMORY = 128;

/** The log stream that a function's only thread writes to. */
export const LOG_STREAM = 'local';

/** All that a function's `process.env` holds: what Lambda sets, what the template sets, and what no template may set. */
export function functionEnvironment(
  settings: FunctionSettings,
  { credentials }: FunctionSession,
  { region, endpoint }: { readonly region: string; readonly endpoint: string },
): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    ...settings.environment,
    LAMBDA_TASK_ROOT: settings.code,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryOf(settings)),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(settings),
    AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    NPM_CONFIG_OFFLINE: 'true', // CDK's own functions install a newer SDK, and go on without one
  };
}

export function memoryOf({ memory = DEFAULT_MEMORY }: FunctionSettings): number {
  return memory;
}

export function logGroupOf({ name, logGroup = `/aws/lambda/${name}` }: FunctionSettings): string {
  return logGroup;
}
