import { ActionFailure } from '../providers/host.ts';
import { DataFault, isFields, member, readEither } from './readData.ts';

/** AppSpec files: what CodeDeploy is told to do on servers, in Lambda and in ECS. */

export interface Hook {
  location: string;
  timeoutSeconds: number;
  runas: string | undefined;
}

export interface ServerAppSpec {
  os: 'linux' | 'windows';
  files: { source: string; destination: string }[];
  /** By lifecycle event. */
  hooks: ReadonlyMap<string, readonly Hook[]>;
  fileExists: 'DISALLOW' | 'OVERWRITE' | 'RETAIN';
  hasPermissions: boolean;
}

/** The order in which an in-place deployment goes through its events; scripts can be given for all but Install. */
export const SERVER_EVENTS = [
  'BeforeBlockTraffic',
  'AfterBlockTraffic',
  'ApplicationStop',
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'ApplicationStart',
  'ValidateService',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const;

const LAMBDA_EVENTS = ['BeforeAllowTraffic', 'AfterAllowTraffic'];
const ECS_EVENTS = ['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', ...LAMBDA_EVENTS];
/** Seconds that the scripts of one event may take together. */
const MAX_EVENT_SECONDS = 3600;

export const appSpecFailure = (message: string, fix: string): ActionFailure =>
  new ActionFailure('JobFailed', message, fix);

export type AppSpec = { target: 'server'; spec: ServerAppSpec } | { target: 'lambda'; functionName: string };

/** @throws ActionFailure `JobFailed` that says what CodeDeploy cannot read. */
export function readAppSpec(text: string, path: string): AppSpec {
  const root = readRoot(text, path);
  const resources = member(root, 'Resources');
  if (Array.isArray(resources)) return { target: 'lambda', functionName: checkLambda(root, resources, path) };
  const os = member(root, 'os');
  if (os !== 'linux' && os !== 'windows') {
    throw appSpecFailure(
      `The AppSpec file ${path} has an invalid os ${JSON.stringify(os ?? null)}.`,
      'Write os: linux or os: windows. A file for Lambda or ECS has Resources instead.',
    );
  }
  const fileExists = member(root, 'file_exists_behavior') ?? 'DISALLOW';
  if (fileExists !== 'DISALLOW' && fileExists !== 'OVERWRITE' && fileExists !== 'RETAIN') {
    throw appSpecFailure(
      `The AppSpec file ${path} has an invalid file_exists_behavior "${String(fileExists)}".`,
      'Choose DISALLOW, OVERWRITE or RETAIN.',
    );
  }
  return {
    target: 'server',
    spec: {
      os,
      fileExists,
      files: listOf(root, 'files', path).map((item, index) => {
        const [source, destination] = [member(item, 'source'), member(item, 'destination')];
        if (typeof source !== 'string' || typeof destination !== 'string' || destination === '') {
          throw appSpecFailure(
            `The AppSpec file ${path}: files entry ${index + 1} needs a source and a destination.`,
            'Write "- source: /" and "destination: /var/www" below files.',
          );
        }
        return { source, destination };
      }),
      hooks: readHooks(root, path),
      hasPermissions: listOf(root, 'permissions', path).length > 0,
    },
  };
}

function readRoot(text: string, path: string): unknown {
  let root: unknown;
  try {
    root = readEither(text);
  } catch (error) {
    if (!(error instanceof DataFault)) throw error;
    throw appSpecFailure(
      `The AppSpec file ${path} could not be parsed (line ${error.line}, column ${error.column}).`,
      error.message,
    );
  }
  if (!isFields(root)) throw appSpecFailure(`The AppSpec file ${path} is empty.`, 'Write at least version and os.');
  const version = member(root, 'version') ?? member(root, 'Version');
  if (version !== 0 && version !== '0.0' && version !== 0.0) {
    throw appSpecFailure(
      `The AppSpec file ${path} has an invalid version ${JSON.stringify(version ?? null)}.`,
      'Write version: 0.0; no other exists.',
    );
  }
  return root;
}

function listOf(root: unknown, key: string, path: string): unknown[] {
  const value = member(root, key);
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw appSpecFailure(`The AppSpec file ${path}: ${key} must be a list.`, `Begin each entry of ${key} with "- ".`);
}

function readHooks(root: unknown, path: string): Map<string, Hook[]> {
  const hooks = new Map<string, Hook[]>();
  const section = member(root, 'hooks');
  if (section === undefined || section === null) return hooks;
  if (!isFields(section)) {
    throw appSpecFailure(`The AppSpec file ${path}: hooks must be a map.`, 'Name the lifecycle events below hooks.');
  }
  for (const event of Object.keys(section)) {
    if (event === 'Install' || !(SERVER_EVENTS as readonly string[]).includes(event)) {
      throw appSpecFailure(
        `The AppSpec file ${path} has an unknown lifecycle event ${event}.`,
        `Choose of ${SERVER_EVENTS.filter((known) => known !== 'Install').join(', ')}.`,
      );
    }
    const scripts = listOf(section, event, path).map((item): Hook => {
      const location = member(item, 'location');
      const timeout = Number(member(item, 'timeout') ?? MAX_EVENT_SECONDS);
      const runas = member(item, 'runas');
      if (typeof location !== 'string' || location === '') {
        throw appSpecFailure(
          `The AppSpec file ${path}: a script of ${event} has no location.`,
          'Name the script, relative to the root of the revision.',
        );
      }
      if (!Number.isInteger(timeout) || timeout < 1) {
        throw appSpecFailure(`The AppSpec file ${path}: ${location} has an invalid timeout.`, 'Give whole seconds.');
      }
      return { location, timeoutSeconds: timeout, runas: typeof runas === 'string' ? runas : undefined };
    });
    const explicit = listOf(section, event, path).filter((item) => member(item, 'timeout') !== undefined);
    const total = explicit.reduce<number>((sum, item) => sum + Number(member(item, 'timeout')), 0);
    if (total > MAX_EVENT_SECONDS) {
      throw appSpecFailure(
        `The AppSpec file ${path}: the timeouts of ${event} add up to ${total} seconds; at most ${MAX_EVENT_SECONDS} are allowed.`,
        'Lower the timeouts of its scripts.',
      );
    }
    hooks.set(event, scripts);
  }
  return hooks;
}

function checkLambda(root: unknown, resources: readonly unknown[], path: string): string {
  const [, body] = Object.entries(isFields(resources[0]) ? resources[0] : {})[0] ?? [];
  const properties = member(body, 'Properties');
  if (member(body, 'Type') !== 'AWS::Lambda::Function') {
    throw appSpecFailure(
      `The AppSpec file ${path} has a resource of type ${JSON.stringify(member(body, 'Type') ?? null)}.`,
      'This action deploys servers and Lambda functions (AWS::Lambda::Function); for ECS use CodeDeployToECS.',
    );
  }
  for (const key of ['Name', 'Alias', 'CurrentVersion', 'TargetVersion']) {
    const value = member(properties, key);
    if (value === undefined || value === null || value === '') {
      throw appSpecFailure(`The AppSpec file ${path}: property ${key} is missing.`, `Add ${key} to the properties.`);
    }
  }
  checkFunctionHooks(root, path, LAMBDA_EVENTS);
  return String(member(properties, 'Name'));
}

function checkFunctionHooks(root: unknown, path: string, events: readonly string[]): void {
  for (const hook of listOf(root, 'Hooks', path)) {
    const [event = ''] = Object.keys(isFields(hook) ? hook : {});
    if (events.includes(event)) continue;
    throw appSpecFailure(
      `The AppSpec file ${path} has an unknown lifecycle event ${event}.`,
      `Choose of ${events.join(', ')}.`,
    );
  }
}

/** Checks the AppSpec of an ECS deployment, whose task definition has been filled in. */
export function checkEcsAppSpec(text: string, path: string, containers: readonly string[]): void {
  const root = readRoot(text, path);
  const [resource] = listOf(root, 'Resources', path);
  const [, body] = Object.entries(isFields(resource) ? resource : {})[0] ?? [];
  const type = member(body, 'Type');
  if (type !== 'AWS::ECS::Service') {
    throw appSpecFailure(
      `The AppSpec file ${path} has a resource of type ${JSON.stringify(type ?? null)}.`,
      'Write Resources: - TargetService: Type: AWS::ECS::Service.',
    );
  }
  const properties = member(body, 'Properties');
  const taskDefinition = member(properties, 'TaskDefinition');
  if (typeof taskDefinition !== 'string' || !taskDefinition.startsWith('arn:')) {
    throw appSpecFailure(
      `The AppSpec file ${path} has an invalid TaskDefinition ${JSON.stringify(taskDefinition ?? null)}.`,
      'Write TaskDefinition: <TASK_DEFINITION>; CodePipeline fills in the ARN.',
    );
  }
  const balancer = member(properties, 'LoadBalancerInfo');
  const container = member(balancer, 'ContainerName');
  const port = Number(member(balancer, 'ContainerPort'));
  if (typeof container !== 'string' || !containers.includes(container)) {
    throw appSpecFailure(
      `The AppSpec file ${path} sends traffic to container ${JSON.stringify(container ?? null)}, which the task definition does not have.`,
      `Set ContainerName to one of ${containers.join(', ')}.`,
    );
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw appSpecFailure(`The AppSpec file ${path} has an invalid ContainerPort.`, 'Give a port from 1 to 65535.');
  }
  checkFunctionHooks(root, path, ECS_EVENTS);
}
