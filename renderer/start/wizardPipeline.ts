import {
  type ActionDeclaration,
  actionTypeKey,
  type ExecutionMode,
  type PipelineDeclaration,
} from '../../shared/model/declaration.ts';
import type { Field, Provider } from '../../shared/providers/provider.ts';
import { providers } from '../../shared/providers/table.ts';
import { isRequired } from '../inspector/fieldState.ts';
import { strings } from '../strings/strings.ts';

/** The parts of a pipeline that the wizard asks for, in order. */
export const parts = ['Source', 'Build', 'Test', 'Deploy'] as const;
export type Part = (typeof parts)[number];

/** What was answered for one part; an empty `type` skips it. */
export interface PartAnswer {
  /** actionTypeKey of the chosen provider. */
  type: string;
  configuration: Readonly<Record<string, string>>;
  /** Commands action: one a line. */
  commands: string;
}

export interface WizardAnswers {
  name: string;
  pipelineType: 'V1' | 'V2';
  executionMode: ExecutionMode;
  roleArn: string;
  bucket: string;
  parts: Readonly<Record<Part, PartAnswer>>;
}

const unanswered: PartAnswer = { type: '', configuration: {}, commands: '' };

export const emptyAnswers = (): WizardAnswers => ({
  name: 'my-pipeline',
  pipelineType: 'V2',
  executionMode: 'SUPERSEDED',
  // Those of AWS's example account: needed for AWS only, and shown to be replaced.
  roleArn: 'arn:aws:iam::111122223333:role/service-role/codepipeline-service-role',
  bucket: 'codepipeline-artifacts-111122223333',
  parts: {
    Source: { ...unanswered, type: 'Source/AWS/CodeStarSourceConnection/1' },
    Build: { ...unanswered, type: 'Build/AWS/CodeBuild/1' },
    Test: unanswered,
    Deploy: { ...unanswered, type: 'Deploy/AWS/S3/1' },
  },
});

/** The providers that a part may have. */
export function choicesOf(part: Part, pipelineType: 'V1' | 'V2'): Provider[] {
  return providers.filter(({ actionTypeId, status, pipelineTypes }) => {
    const { category } = actionTypeId;
    const fits = category === part || (category === 'Compute' && (part === 'Build' || part === 'Test'));
    return fits && status === 'current' && pipelineTypes.includes(pipelineType);
  });
}

export const providerOf = (answer: PartAnswer): Provider | undefined =>
  providers.find(({ actionTypeId }) => actionTypeKey(actionTypeId) === answer.type);

/** The artifact that a part takes: what was built, else the source. */
function inputOf(part: Part, answers: WizardAnswers): string | undefined {
  if (part === 'Source') return undefined;
  const build = providerOf(answers.parts.Build);
  return part !== 'Build' && build && build.artifacts.outputs[1] > 0 ? 'BuildArtifact' : 'SourceArtifact';
}

/** The configuration as answered, with the artifact filled in where a key names one. */
export function configurationOf(part: Part, answers: WizardAnswers): Record<string, string> {
  const answer = answers.parts[part];
  const provider = providerOf(answer);
  const input = inputOf(part, answers);
  const configuration: Record<string, string> = {};
  for (const [key, field] of Object.entries(provider?.configuration ?? {})) {
    const given = answer.configuration[key]?.trim() ?? '';
    if (given) configuration[key] = given;
    else if (field.type === 'artifactName' && input && isDemanded(field, configuration, input))
      configuration[key] = input;
  }
  return configuration;
}

const isDemanded = (field: Field, configuration: Readonly<Record<string, string>>, input: string | undefined) =>
  isRequired(field.required, configuration, input === undefined ? 0 : 1);

/** The keys that the wizard asks for: those that are demanded as things stand, and those that say what the action works on. */
export function askedOf(part: Part, answers: WizardAnswers): { key: string; field: Field; isDemanded: boolean }[] {
  const provider = providerOf(answers.parts[part]);
  if (!provider) return [];
  const configuration = configurationOf(part, answers);
  return Object.entries(provider.configuration).flatMap(([key, field]) => {
    const demanded = isDemanded(field, configuration, inputOf(part, answers));
    if (field.type === 'artifactName' || !(demanded || provider.summaryKeys?.includes(key as never))) return [];
    return [{ key, field, isDemanded: demanded }];
  });
}

/** Why the wizard cannot go on from this part; '' = it can. */
export function faultOf(part: Part, answers: WizardAnswers): string {
  const answer = answers.parts[part];
  const provider = providerOf(answer);
  if (!provider) {
    if (part === 'Deploy' && parts.slice(1).every((other) => answers.parts[other].type === ''))
      return strings.start.wizard.stageFault;
    return part === 'Source' ? strings.start.wizard.sourceFault : '';
  }
  const configuration = configurationOf(part, answers);
  const missing = askedOf(part, answers).filter(({ key, isDemanded: must }) => must && !configuration[key]);
  if (takesCommands(provider) && answer.commands.trim() === '') return strings.start.wizard.commandFault;
  return missing.length > 0
    ? strings.start.wizard.missing(missing.map(({ field }) => strings.provided.text(field.label)).join(', '))
    : '';
}

export const takesCommands = (provider: Provider): boolean => provider.declarationFields?.includes('commands') ?? false;

/** The pipeline of the answers: a stage for each part that was not skipped. */
export function wizardPipeline(answers: WizardAnswers): PipelineDeclaration {
  const stages = parts.flatMap((part) => {
    const provider = providerOf(answers.parts[part]);
    return provider ? [{ name: part, actions: [actionOf(part, provider, answers)] }] : [];
  });
  return {
    name: answers.name.trim(),
    roleArn: answers.roleArn.trim(),
    artifactStore: { type: 'S3', location: answers.bucket.trim() },
    stages,
    version: 1,
    executionMode: answers.executionMode,
    pipelineType: answers.pipelineType,
  };
}

function actionOf(part: Part, provider: Provider, answers: WizardAnswers): ActionDeclaration {
  const { category, owner, provider: name, version } = provider.actionTypeId;
  const input = inputOf(part, answers);
  const [, mostInputs] = provider.artifacts.inputs;
  const [leastOutputs, mostOutputs] = provider.artifacts.outputs;
  const hasOutput = (part === 'Source' || part === 'Build' ? mostOutputs : leastOutputs) > 0;
  const withCommands = takesCommands(provider);
  const commands = answers.parts[part].commands.split('\n').flatMap((line) => line.trim() || []);
  // As the console names them; only where the action has variables at all.
  const hasVariables = provider.outputVariables.length > 0 || provider.dynamicOutputVariables !== undefined;
  return {
    name: part,
    actionTypeId: { category, owner, provider: name, version },
    runOrder: 1,
    configuration: configurationOf(part, answers),
    ...(withCommands && { commands }),
    outputArtifacts: hasOutput ? [{ name: `${part}Artifact`, ...(withCommands && { files: ['**/*'] }) }] : [],
    inputArtifacts: input !== undefined && mostInputs > 0 ? [{ name: input }] : [],
    ...(hasVariables && { namespace: `${part}Variables` }),
  };
}
