import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { checkEcsAppSpec } from './appSpec.ts';
import { invalidConfiguration, isImage } from './imageDefinitions.ts';
import { inputNamed, insideArtifact } from './inputFiles.ts';
import { isFields, member, readJson } from './readData.ts';

/** A blue/green ECS deploy: task definition, AppSpec and image details are put together as CodePipeline does it. */

type Key =
  | 'ApplicationName'
  | 'DeploymentGroupName'
  | 'TaskDefinitionTemplateArtifact'
  | 'TaskDefinitionTemplatePath'
  | 'AppSpecTemplateArtifact'
  | 'AppSpecTemplatePath'
  | `Image${1 | 2 | 3 | 4}${'ArtifactName' | 'ContainerName'}`;

/** All input artifacts together (reference/actions.md, "Artifact size limits"). */
const MAX_INPUT_BYTES = 3 * 1024 * 1024;

export async function codeDeployToEcs(run: ActionRun<Key>): Promise<ActionOutcome> {
  const { configuration, host, inputs, actionExecutionId } = run;
  const bytes = inputs.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MAX_INPUT_BYTES) {
    throw invalidConfiguration(
      `The input artifacts are ${bytes} bytes long together; at most ${MAX_INPUT_BYTES} are allowed.`,
      'Let the build put only taskdef.json, appspec.yaml and imageDetail.json into the artifact.',
    );
  }
  const emulation = await host.emulation();
  const taskPath = configuration.TaskDefinitionTemplatePath ?? 'taskdef.json';
  let taskText = await artifactFile(
    run,
    'TaskDefinitionTemplateArtifact',
    taskPath,
    'Exception while trying to read the task definition artifact file from',
  );
  const appSpecPath = configuration.AppSpecTemplatePath ?? 'appspec.yaml';
  const appSpec = await artifactFile(
    run,
    'AppSpecTemplateArtifact',
    appSpecPath,
    'Exception while trying to read the AppSpec artifact file from',
  );
  for (const number of [1, 2, 3, 4] as const) {
    const image = await imageOf(run, number);
    if (!image) continue;
    const placeholder = `<${image.placeholder}>`;
    if (!taskText.includes(placeholder)) {
      host.log(`Placeholder ${placeholder} is not in ${taskPath}: ${image.uri} is used nowhere.`);
    }
    taskText = taskText.replaceAll(placeholder, image.uri);
  }
  const containers = readTaskDefinition(taskText, taskPath);
  const taskDefinitionArn = `arn:aws:ecs:${emulation.region}:${emulation.account}:task-definition/${containers.family}`;
  checkEcsAppSpec(appSpec.replaceAll('<TASK_DEFINITION>', taskDefinitionArn), appSpecPath, containers.names);

  const target = `${configuration.ApplicationName}/${configuration.DeploymentGroupName}`;
  await emulation.keep('codedeploy-ecs', `${emulation.region}/${target}`, ({ before }) => {
    const old = (before ?? {}) as Record<string, string>;
    for (const [name, image] of Object.entries(containers.images)) {
      const was = Object.hasOwn(old, name) ? old[name] : undefined;
      host.log(`Container ${name} runs ${image}${was === undefined || was === image ? '' : ` (was ${was})`}`);
    }
    return containers.images;
  });
  return {
    summary: `Task definition ${containers.family} deployed to ${target}.`,
    externalExecutionId: `d-${actionExecutionId.replaceAll('-', '').slice(0, 9).toUpperCase()}`,
  };
}

async function artifactFile(
  run: ActionRun<Key>,
  key: 'TaskDefinitionTemplateArtifact' | 'AppSpecTemplateArtifact',
  path: string,
  message: string,
): Promise<string> {
  const artifact = inputNamed(run, key, run.configuration[key] ?? '');
  const text = await run.host.readFile(artifact, insideArtifact(path));
  if (text !== undefined) return text;
  throw new ActionFailure(
    'JobFailed',
    `${message}: ${artifact.name}`,
    `Artifact ${artifact.name} has no file ${path}. Put it in, or mend the path.`,
  );
}

async function imageOf(run: ActionRun<Key>, number: 1 | 2 | 3 | 4) {
  const { configuration, host } = run;
  const name = configuration[`Image${number}ArtifactName`];
  const placeholder = configuration[`Image${number}ContainerName`];
  if (name === undefined && placeholder === undefined) return undefined;
  if (name === undefined || placeholder === undefined) {
    throw invalidConfiguration(
      `Image${number}ArtifactName and Image${number}ContainerName belong together; only one of them is set.`,
      'Set both, or neither.',
    );
  }
  const artifact = inputNamed(run, `Image${number}ArtifactName`, name);
  const text = await host.readFile(artifact, 'imageDetail.json');
  const unreadable = (fix: string, cause?: unknown) =>
    new ActionFailure(
      'JobFailed',
      `Exception while trying to read the image artifact file from: ${artifact.name}`,
      fix,
      cause === undefined ? undefined : { cause },
    );
  if (text === undefined) throw unreadable(`Artifact ${artifact.name} has no file imageDetail.json in its root.`);
  let uri: unknown;
  try {
    uri = member(readJson(text), 'ImageURI');
  } catch (cause) {
    throw unreadable('imageDetail.json is no JSON. Write {"ImageURI":"…"}.', cause);
  }
  if (typeof uri !== 'string' || !isImage(uri))
    throw unreadable('imageDetail.json needs an ImageURI that names an image.');
  return { placeholder, uri };
}

function readTaskDefinition(text: string, path: string) {
  const invalid = (message: string, fix: string) => new ActionFailure('JobFailed', message, fix);
  let root: unknown;
  try {
    root = readJson(text);
  } catch (error) {
    throw invalid(
      `The task definition file ${path} contains invalid JSON format`,
      error instanceof Error ? error.message : String(error),
    );
  }
  const family = member(root, 'family');
  if (typeof family !== 'string' || !/^[A-Za-z0-9_-]{1,255}$/.test(family)) {
    throw invalid(
      'Family should not be null or empty. (ClientException)',
      `Give ${path} a family of letters, digits, hyphens and underscores.`,
    );
  }
  const definitions = member(root, 'containerDefinitions');
  if (!Array.isArray(definitions) || definitions.length === 0) {
    throw invalid(
      'TaskDefinition containerDefinitions cannot be empty. (ClientException)',
      `List the containers in ${path}.`,
    );
  }
  const images: [string, string][] = [];
  for (const [index, definition] of definitions.entries()) {
    const [name, image] = [member(definition, 'name'), member(definition, 'image')];
    if (!isFields(definition) || typeof name !== 'string' || name === '') {
      throw invalid('Container.name should not be null or empty. (ClientException)', `Name container ${index + 1}.`);
    }
    if (typeof image !== 'string' || image === '') {
      throw invalid('Container.image should not be null or empty. (ClientException)', `Give ${name} an image.`);
    }
    if (!isImage(image)) {
      throw invalid(
        'Container.image contains invalid characters. (ClientException)',
        image.startsWith('<')
          ? `The placeholder ${image} of container ${name} was not filled in: name it as ImageNContainerName of the action.`
          : `Mend the image of container ${name}.`,
      );
    }
    images.push([name, image]);
  }
  return { family, names: images.map(([name]) => name), images: Object.fromEntries(images) };
}
