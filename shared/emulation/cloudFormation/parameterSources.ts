import { utf8Bytes } from '../../execution/variables.ts';
import { ActionFailure, type ActionRun } from '../../providers/host.ts';
import { inputNamed, locatedFile, reading, requiredFile } from '../inputFiles.ts';
import { type Fields, isFields, member, readJson } from '../readData.ts';
import { callOf } from './intrinsics.ts';

/** What a stack is given besides its template (reference/actions.md, "Files that travel between actions"). */
export interface StackSettings {
  parameters: Readonly<Record<string, string>>;
  tags: Readonly<Record<string, string>>;
  stackPolicy: unknown;
}

/** The limit of ParameterOverrides (reference/actions.md, "Artifact size limits"). */
const MAX_OVERRIDES_BYTES = 1024;

type StackRun = ActionRun<'TemplateConfiguration' | 'ParameterOverrides'>;

/** The template configuration file, and ParameterOverrides over its parameters. */
export async function readStackSettings(run: StackRun): Promise<StackSettings> {
  const { TemplateConfiguration } = run.configuration;
  const file = TemplateConfiguration ? await readConfigurationFile(run, TemplateConfiguration) : NOTHING;
  return { ...file, parameters: { ...file.parameters, ...(await readOverrides(run)) } };
}

const NOTHING: StackSettings = { parameters: {}, tags: {}, stackPolicy: undefined };

async function readConfigurationFile(run: ActionRun, locator: string): Promise<StackSettings> {
  const { path, text } = await locatedFile(run, 'TemplateConfiguration', locator);
  const invalid = (fix: string) =>
    new ActionFailure('ConfigurationError', `The template configuration file ${path} is not valid.`, fix);
  const root = reading(
    ({ line, column }) => ({
      code: 'ConfigurationError',
      message: `The template configuration file ${path} is no JSON (line ${line}, column ${column}).`,
    }),
    () => readJson(text),
  );
  if (!isFields(root)) throw invalid('Make it an object with Parameters, Tags and StackPolicy.');
  const unknown = Object.keys(root).filter((key) => !['Parameters', 'Tags', 'StackPolicy'].includes(key));
  if (unknown.length > 0) throw invalid(`Remove ${unknown.join(', ')}: it has Parameters, Tags and StackPolicy only.`);
  const tags = member(root, 'Tags') ?? {};
  const parameters = member(root, 'Parameters') ?? {};
  if (!isFields(tags) || !isTexts(tags)) throw invalid('Write Tags as an object whose values are texts.');
  if (!isFields(parameters)) throw invalid('Write Parameters as an object of names and values.');
  return {
    parameters: await texts(run, parameters, 'TemplateConfiguration'),
    tags,
    stackPolicy: member(root, 'StackPolicy'),
  };
}

async function readOverrides(run: StackRun): Promise<Record<string, string>> {
  const { ParameterOverrides } = run.configuration;
  if (ParameterOverrides === undefined) return {};
  const bytes = utf8Bytes(ParameterOverrides);
  if (bytes > MAX_OVERRIDES_BYTES) {
    throw new ActionFailure(
      'ConfigurationError',
      `ParameterOverrides is ${bytes} bytes long; CodePipeline takes at most ${MAX_OVERRIDES_BYTES}.`,
      'Move values to the template configuration file.',
    );
  }
  const root = reading(
    () => ({
      code: 'ConfigurationError',
      message: 'ParameterOverrides is no JSON object after its variables were filled in.',
    }),
    () => readJson(ParameterOverrides),
  );
  if (!isFields(root)) {
    throw new ActionFailure(
      'ConfigurationError',
      'ParameterOverrides is no JSON object.',
      'Write it as {"Name":"value"}.',
    );
  }
  return texts(run, root, 'ParameterOverrides');
}

const isTexts = (fields: Fields): fields is Readonly<Record<string, string>> =>
  Object.values(fields).every((value) => typeof value === 'string');

/** Values as texts; Fn::GetParam and Fn::GetArtifactAtt are looked up (reference/actions.md, "Parameter override functions"). */
async function texts(run: ActionRun, parameters: Fields, key: string): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(parameters)) found.push([name, await textOf(run, name, value, key)]);
  return Object.fromEntries(found);
}

async function textOf(run: ActionRun, name: string, value: unknown, key: string): Promise<string> {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',');
  const [call, argument] = callOf(value) ?? [];
  const given = Array.isArray(argument) ? argument.map(String) : [];
  if (call === 'Fn::GetParam' && given.length === 3) return parameterOf(run, given as [string, string, string], key);
  if (call === 'Fn::GetArtifactAtt' && given.length === 2) {
    return artifactAttribute(run, given as [string, string], key);
  }
  throw new ActionFailure(
    'ConfigurationError',
    `${key} gives parameter ${name} a value that is neither text nor a parameter override function.`,
    'Write a text, {"Fn::GetParam":["Artifact","file.json","key"]} or {"Fn::GetArtifactAtt":["Artifact","ObjectKey"]}.',
  );
}

async function parameterOf(run: ActionRun, [name, file, key]: [string, string, string], where: string) {
  const artifact = inputNamed(run, `${where} (Fn::GetParam)`, name);
  const text = await requiredFile(run, artifact, file);
  const root = reading(
    ({ line, column }) => ({
      code: 'ConfigurationError',
      message: `File [${file}] of artifact [${name}] is no JSON (line ${line}, column ${column}).`,
    }),
    () => readJson(text),
  );
  const value = member(root, key);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ActionFailure(
    'ConfigurationError',
    `Fn::GetParam finds no value for key [${key}] in file [${file}] of artifact [${name}].`,
    `The file has ${isFields(root) ? Object.keys(root).slice(0, 10).join(', ') || 'no keys' : 'no object'}.`,
  );
}

async function artifactAttribute(run: ActionRun, [name, attribute]: [string, string], where: string): Promise<string> {
  const artifact = inputNamed(run, `${where} (Fn::GetArtifactAtt)`, name);
  const { bucketName, objectKey } = (await run.host.emulation()).locationOf(artifact);
  switch (attribute) {
    case 'BucketName':
      return bucketName;
    case 'ObjectKey':
      return objectKey;
    case 'URL':
      return `https://${bucketName}.s3.amazonaws.com/${objectKey}`;
  }
  throw new ActionFailure(
    'ConfigurationError',
    `Fn::GetArtifactAtt knows no attribute [${attribute}].`,
    'Choose BucketName, ObjectKey or URL.',
  );
}
