import type { ActionDeclaration } from '../model/declaration.ts';
import type { Binding } from '../model/sidecar.ts';
import type { ActionHost, ActionRun, ApprovalAnswer, Artifact, BuildRequest, BuildResult } from '../providers/host.ts';

/** What a runner did with its host, for expectations, beside the host itself. */
export interface FakeHost extends ActionHost {
  readonly lines: string[];
  readonly builds: BuildRequest[];
  readonly effects: string[];
  readonly made: Map<string, Readonly<Record<string, string>>>;
}

interface FakeAnswers {
  revision?: Awaited<ReturnType<ActionHost['readRepository']>>['revision'];
  build?: Partial<BuildResult>;
  approval?: ApprovalAnswer;
}

export const artifactOf = (name: string): Artifact => ({ name, digest: 'a'.repeat(64), size: 10 });

/** An ActionHost without a machine: every effect is noted, every answer is given beforehand. */
export function fakeHost(answers: FakeAnswers = {}): FakeHost {
  const lines: string[] = [];
  const builds: BuildRequest[] = [];
  const effects: string[] = [];
  const made = new Map<string, Readonly<Record<string, string>>>();
  return {
    lines,
    builds,
    effects,
    made,
    signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
    log: (line) => void lines.push(line),
    async readRepository({ name, branch, commitId, format }) {
      effects.push(`readRepository ${name} ${branch} ${commitId ?? 'newest'} ${format}`);
      return { artifact: artifactOf(name), revision: answers.revision ?? { revisionId: 'f'.repeat(40) } };
    },
    async readObject({ name }) {
      effects.push(`readObject ${name}`);
      return { artifact: artifactOf(name), versionId: 'version-1', etag: 'etag-1' };
    },
    async build(request) {
      builds.push(request);
      return { buildId: 'shop:1', exportedVariables: {}, outputArtifacts: [], ...answers.build };
    },
    async deployFiles({ name }, { prefix }) {
      effects.push(`deployFiles ${name} ${prefix ?? ''}`.trim());
      return 3;
    },
    async deployZip({ name }, key) {
      effects.push(`deployZip ${name} ${key}`);
    },
    readFile: async () => undefined,
    async makeArtifact(name, files) {
      made.set(name, files);
      return artifactOf(name);
    },
    async importArtifact(name, path) {
      effects.push(`importArtifact ${name} ${path}`);
      return artifactOf(name);
    },
    async approval({ customData, externalEntityLink, timeoutMinutes }) {
      effects.push(`approval ${customData ?? '-'} ${externalEntityLink ?? '-'} ${timeoutMinutes}`);
      return answers.approval ?? { status: 'Approved', summary: '' };
    },
    async delay(milliseconds) {
      effects.push(`delay ${milliseconds}`);
    },
  };
}

interface RunParts {
  configuration?: Record<string, string>;
  action?: Partial<ActionDeclaration>;
  inputs?: readonly string[];
  outputs?: readonly string[];
  binding?: Binding;
  sourceRevisions?: ActionRun['sourceRevisions'];
}

/** A run of action Stage/Action of pipeline `shop`, started on 2026-01-02 at 03:04:05 UTC. */
export function runOf(
  host: ActionHost,
  { configuration = {}, action, inputs = [], outputs = [], ...rest }: RunParts,
): ActionRun {
  return {
    configuration,
    action: {
      name: 'Action',
      actionTypeId: { category: 'Build', owner: 'AWS', provider: 'Any', version: '1' },
      inputArtifacts: inputs.map((name) => ({ name })),
      outputArtifacts: outputs.map((name) => ({ name })),
      ...action,
    },
    pipelineName: 'shop',
    stageName: 'Stage',
    pipelineExecutionId: '11111111-1111-4111-8111-111111111111',
    actionExecutionId: '22222222-2222-4222-8222-222222222222',
    startedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    inputs: inputs.map(artifactOf),
    binding: undefined,
    host,
    ...rest,
  };
}
