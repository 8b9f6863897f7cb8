import type { ActionTypeId } from '../model/declaration.ts';
import type { Binding, BindingKind } from '../model/sidecar.ts';
import type { ActionOutcome, ActionRun } from './host.ts';
import type { RuleOutcome, RuleRun } from './ruleHost.ts';

/**
 * One action type: what AWS says of it (reference/actions-catalog.json), its form, its checks and what it does in a local
 * run. Palette, inspector, validation, engine and exporters read the table of these; none has a `switch` on provider names.
 */

/** What a local run of the action is (architecture §3.6). */
export type Fidelity = 'real' | 'emulated' | 'simulated';

/** The control of a form; the wire value is always a string of 1-1000 characters. */
export type FieldType =
  | 'string'
  | 'enum'
  | 'boolean'
  | 'integer'
  | 'json'
  | 'csv'
  | 'artifactName'
  | 'artifactFile'
  | 'path'
  | 'arn'
  | 'secret';

/** When a key must be present. Absent = never. */
export type Required =
  | 'always'
  | { key: string; equals: string }
  | { key: string; in: readonly string[] }
  | { keyPresent: string }
  | { keyAbsent: string }
  | { inputArtifactsAtLeast: number }
  | { inputArtifactsAtMost: number };

export interface Field {
  label: string;
  type: FieldType;
  required?: Required;
  /** Allowed values: of an enum, or of each item of a csv. */
  values?: readonly string[];
  /** The value AWS uses when the key is absent. */
  default?: string;
  /** One short sentence in our own words. */
  help: string;
  /** Shown in an empty field. */
  placeholder?: string;
  /** A code field of several lines (inline buildspec, JSON). */
  multiline?: boolean;
  /** What language the text is, where it can be checked or completed while it is written. */
  format?: 'buildspec' | 'timeZone';
}

export interface OutputVariable {
  name: string;
  help: string;
}

export interface FieldProblem {
  field: string;
  what: string;
  fix: string;
  severity?: 'error' | 'warning';
}

/** Which bindings an action takes in a local run, and how the run sheet asks for one. */
export interface BindingNeed {
  kinds: readonly BindingKind[];
  /** A run cannot start without it. */
  required: boolean;
  /** The question in the run sheet, e.g. "Which local repository is this?" */
  question: string;
  /** Names of the kinds that fit this type better than their own, e.g. { folder: 'Folder in place of the bucket' }. */
  words?: Readonly<Partial<Record<BindingKind, string>>>;
  /** The action itself holds what runs: a bound project says nothing of a buildspec. */
  withoutBuildspec?: boolean;
}

/** Text of a file of an artifact as it is before the run; undefined = there is none, or only the run makes it. */
export type ScriptReader = (path: string) => Promise<string | undefined>;

export interface Provider<Key extends string = string> {
  actionTypeId: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>;
  label: string;
  /** Short name on cards and in the palette, e.g. "Amazon S3". */
  shortLabel: string;
  help: string;
  status: 'current' | 'legacy' | 'partner' | 'retired';
  pipelineTypes: readonly ('V1' | 'V2')[];
  crossRegion: boolean;
  /** [min, max] */
  artifacts: { inputs: readonly [number, number]; outputs: readonly [number, number] };
  /** Default action timeout in minutes (actions.md, Timeouts). */
  timeoutMinutes: number;
  /** Only Manual approval accepts timeoutInMinutes. */
  timeoutConfigurable?: boolean;
  configuration: Readonly<Record<Key, Field>>;
  /** True where AWS publishes no keys (partners, custom types): any key is accepted. */
  freeConfiguration?: boolean;
  /** Declaration fields outside `configuration` that this type takes. */
  declarationFields?: readonly ('commands' | 'outputVariables' | 'environmentVariables' | 'files')[];
  outputVariables: readonly OutputVariable[];
  /** How names outside `outputVariables` can arise (e.g. buildspec exported-variables); absent = they cannot. */
  dynamicOutputVariables?: string;
  /** Keys shown on the card after the provider's name, e.g. ['FullRepositoryId', 'BranchName'] -> "acme/shop@main". */
  summaryKeys?: readonly NoInfer<Key>[];
  local: {
    fidelity: Fidelity;
    note: string;
    binding?: BindingNeed;
    /** What a local run is instead, when the action is bound to such a kind. */
    bound?: Readonly<Partial<Record<BindingKind, { fidelity: Fidelity; usesSlot: boolean }>>>;
  };
  /** Checks that the fields alone cannot express. */
  check?(
    configuration: Readonly<Partial<Record<Key, string>>>,
    action: { inputArtifacts: readonly string[]; outputArtifacts: readonly string[] },
  ): FieldProblem[];
  /** The commands (or whole scripts) that a local run would execute, for the consent dialog; absent = executes nothing. */
  executes?: boolean;
  /**
   * The scripts of the first input artifact that a local run executes when the action is bound to a folder, each with its
   * text where that can be told before the run. Absent = whatever runs is in `commands` or a buildspec.
   */
  scripts?(
    configuration: Readonly<Partial<Record<string, string>>>,
    read: ScriptReader,
  ): Promise<{ path: string; text: string | undefined }[]>;
  run(run: ActionRun<NoInfer<Key>>): Promise<ActionOutcome>;
}

/** What a local run of an action with this binding is, and whether it counts among those that work at once. */
export function localRunOf(
  { actionTypeId, local }: Pick<Provider, 'actionTypeId' | 'local'>,
  binding: Binding | undefined,
): { fidelity: Fidelity; usesSlot: boolean } {
  const { fidelity } = local;
  const usesSlot = actionTypeId.category !== 'Approval' && fidelity !== 'simulated';
  return (binding && local.bound?.[binding.kind]) ?? { fidelity, usesSlot };
}

export function defineProvider<Key extends string>(provider: Provider<Key>): Provider<Key> {
  return provider;
}

/** One rule type of stage conditions (reference/rules.md): what AWS says of it, its form, and how it is evaluated locally. */
export interface RuleType<Key extends string = string> {
  ruleTypeId: { category: 'Rule'; owner: 'AWS'; provider: string; version: '1' };
  label: string;
  help: string;
  /** [min, max] */
  inputs: readonly [number, number];
  configuration: Readonly<Record<Key, Field>>;
  skipAllowed: boolean;
  /** Minutes, where the rule gives no `timeoutInMinutes`; undefined where AWS states none. */
  timeoutMinutes?: number;
  /** What counts here where AWS states none; absent = the longest that a rule may be given. */
  localMinutes?: number;
  commandsField?: boolean;
  /** Checks that the fields alone cannot express. */
  check?(configuration: Readonly<Partial<Record<Key, string>>>): FieldProblem[];
  local: Provider['local'];
  /** A local evaluation executes its commands, a buildspec or a bound handler. */
  executes?: boolean;
  /** Passes by resolving; an ActionFailure fails the rule. Called again for the same rule execution after a crash. */
  run(run: RuleRun<NoInfer<Key>>): Promise<RuleOutcome>;
}

export function defineRuleType<Key extends string>(rule: RuleType<Key>): RuleType<Key> {
  return rule;
}

/** What a local evaluation of a rule with this binding is, and whether it counts among those that work at once. */
export function localRuleOf(
  { local, executes }: Pick<RuleType, 'local' | 'executes'>,
  binding: Binding | undefined,
): { fidelity: Fidelity; usesSlot: boolean } {
  return (binding && local.bound?.[binding.kind]) ?? { fidelity: local.fidelity, usesSlot: executes === true };
}
