import { utf8Bytes } from '../execution/variables.ts';
import type { JobOutcome } from '../jobs/jobHost.ts';
import type { ActionDeclaration } from '../model/declaration.ts';
import type { Binding } from '../model/sidecar.ts';
import type {
  ActionHost,
  ActionRun,
  ApprovalAnswer,
  Artifact,
  BuildRequest,
  BuildResult,
  EmulationHost,
  ScriptRequest,
} from '../providers/host.ts';

/** What a runner did with its host, for expectations, beside the host itself. */
export interface FakeHost extends ActionHost {
  readonly lines: string[];
  readonly builds: BuildRequest[];
  readonly effects: string[];
  readonly made: Map<string, Readonly<Record<string, string>>>;
  /** What emulated resources keep, by 'service/name'. */
  readonly records: Map<string, unknown>;
  readonly scripts: ScriptRequest[];
}

interface FakeAnswers {
  /** Files of the input artifacts: by artifact name, path -> text. */
  files?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What was deployed before, by 'service/name'. */
  records?: Readonly<Record<string, unknown>>;
  /** Text of the bound file. */
  bound?: string;
  /** Files that the bound folder has already. */
  existing?: readonly string[];
  /** Exit codes of scripts by location; 0 for all others. */
  exitCodes?: Readonly<Record<string, number>>;
  revision?: Awaited<ReturnType<ActionHost['readRepository']>>['revision'];
  build?: Partial<BuildResult>;
  approval?: ApprovalAnswer;
  job?: JobOutcome;
}

export const artifactOf = (name: string): Artifact => ({ name, digest: 'a'.repeat(64), size: 10 });

/** An ActionHost without a machine: every effect is noted, every answer is given beforehand. */
export function fakeHost(answers: FakeAnswers = {}): FakeHost {
  const lines: string[] = [];
  const builds: BuildRequest[] = [];
  const effects: string[] = [];
  const made = new Map<string, Readonly<Record<string, string>>>();
  const records = new Map(Object.entries(answers.records ?? {}));
  const scripts: ScriptRequest[] = [];
  const filesOf = ({ name }: Artifact) => answers.files?.[name] ?? made.get(name) ?? {};
  const emulation: EmulationHost = {
    account: '111122223333',
    region: 'eu-west-1',
    locationOf: ({ name }) => ({ bucketName: 'artifacts', objectKey: `shop/${name}/aaaaaaa` }),
    listFiles: async (artifact) =>
      Object.entries(filesOf(artifact)).map(([path, text]) => ({ path, size: utf8Bytes(text) })),
    async keep(service, name, change) {
      const key = `${service}/${name}`;
      const now = change({ before: records.get(key), isAgain: false });
      if (now === undefined) records.delete(key);
      else records.set(key, now);
    },
    kept: async (service, name) => records.get(`${service}/${name}`),
    readBound: async () => answers.bound ?? '',
    existing: async (paths) => paths.filter((path) => answers.existing?.includes(path)),
    async installFiles({ name }, files) {
      for (const [from, to] of files) effects.push(`install ${name} ${from} -> ${to}`);
      return files.size;
    },
    async runScript(request) {
      scripts.push(request);
      return { exitCode: answers.exitCodes?.[request.location] ?? 0 };
    },
    executionEnded: async () => 'Succeeded',
  };
  return {
    lines,
    builds,
    effects,
    made,
    records,
    scripts,
    emulation: async () => emulation,
    jobs: async () => ({
      async work() {
        effects.push('work');
        return answers.job ?? { result: { status: 'Succeeded' }, outputArtifacts: [] };
      },
      async invoke(functionName, { path }) {
        effects.push(`invoke ${functionName} ${path}`);
        return answers.job ?? { result: { status: 'Succeeded' }, outputArtifacts: [] };
      },
    }),
    signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
    log: (line) => void lines.push(line),
    async readRepository({ name, branch, commitId, format }) {
      effects.push(`readRepository ${name} ${branch} ${commitId ?? 'newest'} ${format}`);
      return { artifact: artifactOf(name), revision: answers.revision ?? { revisionId: 'f'.repeat(40) } };
    },
    async readObject({ name, key }) {
      effects.push(`readObject ${name} ${key ?? ''}`.trim());
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
    readFile: async (artifact, path) => {
      const files = filesOf(artifact);
      return Object.hasOwn(files, path) ? files[path] : undefined;
    },
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
