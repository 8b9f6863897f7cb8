import { pathToFileURL } from 'node:url';
import type { PlannedVariable } from '../../../shared/buildspec/planBuild.ts';
import type { Binding } from '../../../shared/model/sidecar.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';

export type ProjectBinding = Extract<Binding, { kind: 'project' }>;

/** Who and what a build is, as its CODEBUILD_ variables tell it. */
export interface BuildIdentity {
  pipelineName: string;
  projectName: string;
  /** A UUID; stays the same when the host comes back to a running build. */
  actionExecutionId: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  region: string;
  /** 12 digits. */
  account: string;
  /** Of the container that the build runs in; absent on the host itself. */
  image?: string;
  /** Counts the builds of the project; 1 where nobody counts. */
  buildNumber?: number;
  /** Commit id of the primary source, where it has one. */
  resolvedSourceVersion?: string;
}

/** `<project>:<uuid>`, as CodeBuild names builds; an action without a project name is its own project. */
export const buildIdOf = ({ projectName, actionExecutionId }: BuildIdentity) =>
  `${projectName || 'local'}:${actionExecutionId}`;

/**
 * What CodeBuild gives every build of a pipeline (reference/buildspec.md §6). There is no console page and no key of a
 * local build: its URL names its folder.
 * @param inputs Folders of the input artifacts by artifact name.
 */
export function givenVariables(
  identity: BuildIdentity,
  inputs: ReadonlyMap<string, string>,
  primarySource: string,
  folder: string,
): Map<string, string> {
  const { region, account, pipelineName } = identity;
  const projectName = identity.projectName || 'local';
  const buildId = buildIdOf(identity);
  const sourceVersion = (name: string) => `arn:aws:s3:::penstock-local/${pipelineName}/${name}`;
  const given = new Map([
    ['AWS_DEFAULT_REGION', region],
    ['AWS_REGION', region],
    ['CODEBUILD_BUILD_ARN', `arn:aws:codebuild:${region}:${account}:build/${buildId}`],
    ['CODEBUILD_BUILD_ID', buildId],
    ['CODEBUILD_BUILD_IMAGE', identity.image ?? 'penstock/local-shell'],
    ['CODEBUILD_BUILD_NUMBER', String(identity.buildNumber ?? 1)],
    ['CODEBUILD_BUILD_SUCCEEDING', '1'],
    ['CODEBUILD_BUILD_URL', fileUrl(folder)],
    ['CODEBUILD_INITIATOR', `codepipeline/${pipelineName}`],
    ['CODEBUILD_KMS_KEY_ID', `arn:aws:kms:${region}:${account}:alias/aws/s3`],
    ['CODEBUILD_PROJECT_ARN', `arn:aws:codebuild:${region}:${account}:project/${projectName}`],
    ['CODEBUILD_SOURCE_REPO_URL', ''],
    ['CODEBUILD_SOURCE_VERSION', sourceVersion(primarySource)],
    ['CODEBUILD_SRC_DIR', inputs.get(primarySource) ?? ''],
    ['CODEBUILD_START_TIME', String(identity.startedAt)],
  ]);
  if (identity.resolvedSourceVersion) given.set('CODEBUILD_RESOLVED_SOURCE_VERSION', identity.resolvedSourceVersion);
  for (const [name, path] of inputs) {
    if (name === primarySource || !/^\w+$/.test(name)) continue;
    given.set(`CODEBUILD_SRC_DIR_${name}`, path);
    given.set(`CODEBUILD_SOURCE_REPO_URL_${name}`, '');
    given.set(`CODEBUILD_SOURCE_VERSION_${name}`, sourceVersion(name));
  }
  return given;
}

/** Nothing is to be escaped in most paths, and then the URL is not worth parsing: every build has one. */
const fileUrl = (path: string) => (/^[\w./-]+$/.test(path) ? `file://${path}` : pathToFileURL(path).href);

/** A value that must not be seen in any log, and whose it is. */
export interface Secret {
  /** Of the variable that holds it. */
  name: string;
  value: string;
}

/**
 * The variables with their values. A reference to the Parameter Store or the Secrets Manager is looked up in the binding:
 * it names a variable of the user's own environment, so no secret is ever kept in a file of ours.
 * @throws ActionFailure `ConfigurationError` that lists every reference without a local value.
 */
export function resolveEnvironment(
  planned: readonly PlannedVariable[],
  project: ProjectBinding | undefined,
  user: Readonly<Record<string, string | undefined>>,
): { environment: Map<string, string>; secrets: Secret[] } {
  const environment = new Map<string, string>();
  const secrets: Secret[] = [];
  const missing: string[] = [];
  const sources = new Map(Object.entries(project?.secretsFromEnvironment ?? {}));
  for (const { name, value, type, from } of planned) {
    if (type === 'PLAINTEXT') {
      environment.set(name, value);
      continue;
    }
    const found = type === 'PARAMETER_STORE' ? fromUser(value, sources, user) : secretText(value, sources, user);
    if (found === undefined) {
      const source = sources.get(value);
      const why = source === undefined ? 'has no local value' : `is bound to ${source}, which is not set`;
      missing.push(`${type} "${value}" for ${name} (of ${from}) ${why}`);
    } else {
      environment.set(name, found);
      secrets.push({ name, value: found });
    }
  }
  if (missing.length > 0) {
    throw new ActionFailure(
      'ConfigurationError',
      `${missing.join('; ')}.`,
      'In the action’s local project, name for each reference the environment variable of yours that holds its value, and start Penstock with that variable set.',
    );
  }
  return { environment, secrets };
}

type Sources = ReadonlyMap<string, string>;
type User = Readonly<Record<string, string | undefined>>;

function fromUser(reference: string, sources: Sources, user: User): string | undefined {
  const name = sources.get(reference);
  return name === undefined ? undefined : user[name];
}

/**
 * `secret-id:json-key:version-stage:version-id` (§3): bound as a whole, or by its secret id with the key taken from the JSON
 * text. An ARN has colons of its own: six before the name.
 */
function secretText(reference: string, sources: Sources, user: User): string | undefined {
  const whole = fromUser(reference, sources, user);
  if (whole !== undefined) return whole;
  const parts = reference.split(':');
  const idParts = reference.startsWith('arn:') ? 7 : 1;
  const text = fromUser(parts.slice(0, idParts).join(':'), sources, user);
  const key = parts[idParts];
  if (text === undefined || !key) return text;
  try {
    const value: unknown = new Map(Object.entries(JSON.parse(text) as object)).get(key);
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  } catch {
    return undefined;
  }
}
