import { isInlineBuildspec } from '../../buildspec/isInlineBuildspec.ts';
import { parseBuildspec } from '../../buildspec/parseBuildspec.ts';
import { findReferences, type VariableReference } from '../../execution/variables.ts';
import type { ProblemInput } from '../../problem.ts';
import { isTrue } from '../../providers/common/codeBuildFields.ts';
import { type ActionAt, isBefore, listed, placeOfAction, type Rule, type RuleContext } from '../ruleContext.ts';

/** T-010, T-011 and W-004: pipeline variables and references to variables. */
export const variables: Rule = (context) => {
  declared(context);
  for (const at of context.actions) {
    for (const [field, text] of textsOf(at)) {
      if (!text.includes('#{')) continue;
      for (const reference of findReferences(text)) judge(context, at, field, reference);
    }
    notReplaced(context, at);
  }
};

/** Patterns of files take any text, but nobody looks up references in them (reference/execution-semantics.md §10). */
function notReplaced(context: RuleContext, at: ActionAt): void {
  for (const [index, { files }] of (at.action.outputArtifacts ?? []).entries()) {
    for (const [position, pattern] of (files ?? []).entries()) {
      const [reference] = findReferences(String(pattern)).filter(({ malformed }) => malformed === undefined);
      if (!reference) continue;
      context.report({
        code: 'variable.not-replaced',
        severity: 'warning',
        ...placeOfAction(context, at, 'outputArtifacts', index, 'files', position),
        what: `${reference.text} stands in a pattern of files, where CodePipeline replaces no variables.`,
        fix: 'Write the path itself; a command may move the files to where the pattern looks.',
      });
    }
  }
}

/** Everything of an action in which references are looked up (reference/execution-semantics.md §10). */
export function* textsOf({ action }: ActionAt): Generator<[(string | number)[], string]> {
  for (const [key, value] of Object.entries(action.configuration ?? {})) {
    if (typeof value === 'string') yield [['configuration', key], value];
  }
  for (const [index, command] of (action.commands ?? []).entries()) yield [['commands', index], String(command)];
  for (const [index, variable] of (action.environmentVariables ?? []).entries()) {
    yield [['environmentVariables', index, 'value'], String(variable.value)];
  }
}

/** T-010 and T-011. */
const declared: Rule = ({ pipeline, isDeclaredV1, report }) => {
  const names = (pipeline.variables ?? []).map(({ name }) => name);
  if (isDeclaredV1 && names.length > 0) {
    const what = 'Pipeline variables exist only in pipelines of type V2.';
    report({ code: 'variable.needs-v2', where: '', field: 'variables', what, fix: 'Set the pipeline type to V2.' });
  }
  for (const [index, name] of names.entries()) {
    if (name === '' || names.indexOf(name) === index) continue;
    report({
      code: 'variable.duplicate-name',
      where: '',
      field: `variables.${index}.name`,
      what: `Two pipeline variables are called "${name}".`,
      fix: 'Rename or remove one.',
    });
  }
};

function judge(context: RuleContext, at: ActionAt, field: (string | number)[], reference: VariableReference): void {
  const { text, namespace, key, malformed } = reference;
  const report = (fault: Pick<ProblemInput, 'code' | 'severity' | 'what' | 'fix'>) =>
    context.report({ ...placeOfAction(context, at, ...field), ...fault });
  if (malformed !== undefined) {
    const fix = 'Write #{namespace.key}.';
    report({
      code: 'variable.malformed',
      what: `${short(text)} is no variable reference. ${malformed}`,
      fix,
    });
    return;
  }
  if (namespace === 'codepipeline') {
    const fault = faultOfKey(reference, undefined);
    if (fault) report(fault);
    return;
  }
  const producers = context.namespaces.get(namespace) ?? [];
  if (namespace === 'variables' && producers.length === 0) return pipelineVariable(context, at, report, reference);
  if (producers.length === 0) {
    const known = [...context.namespaces.keys()];
    const others =
      known.length > 0 ? ` The pipeline’s namespaces are ${listed(known)}.` : ' No action has a namespace.';
    report({
      code: 'variable.unknown-namespace',
      what: `${text} refers to the namespace "${namespace}", which no action has.${others}`,
      fix: `Set "${namespace}" as namespace of the action that produces ${key}, or mend the reference.`,
    });
    return;
  }
  const producer = producers.find((candidate) => isBefore(candidate, at));
  if (!producer) {
    const late = producers[0]!;
    const isSelf = late === at;
    report({
      code: 'variable.produced-too-late',
      what: isSelf
        ? `${text} refers to the action itself.`
        : `${text} is produced by ${late.label}, which does not run before this action.`,
      fix: isSelf
        ? 'Refer to an earlier action.'
        : `Move this action behind ${late.label}, or give it a higher runOrder.`,
    });
    return;
  }
  const fault = faultOfKey(reference, producer);
  if (fault) report(fault);
}

/** W-004, for actions and rules: the key is none that the producer (absent for `codepipeline`) is known to have. */
export function faultOfKey(
  { text, key }: Pick<VariableReference, 'text' | 'key'>,
  producer: ActionAt | undefined,
  what = 'action',
): { code: string; severity: 'warning'; what: string; fix: string } | undefined {
  const warning = { code: 'variable.not-produced', severity: 'warning' as const };
  if (!producer) {
    if (key === 'PipelineExecutionId') return undefined;
    const fix = 'Its only variable is #{codepipeline.PipelineExecutionId}.';
    return { ...warning, what: `CodePipeline has no variable ${text}.`, fix };
  }
  const produced = outputVariablesOf(producer);
  if (!produced || produced.includes(key)) return undefined;
  return {
    ...warning,
    what: `${producer.label} does not produce ${key}; it produces ${listed(produced) || 'no variables'}.`,
    fix: `Choose one of its variables: an unknown one makes this ${what} fail when it starts.`,
  };
}

/** */
function pipelineVariable(
  context: RuleContext,
  at: ActionAt,
  report: (fault: Pick<ProblemInput, 'code' | 'what' | 'fix'>) => void,
  { text, key }: VariableReference,
): void {
  const names = (context.pipeline.variables ?? []).map(({ name }) => name);
  if (at.isSource) {
    const what = `A source action cannot use pipeline variables (${text}).`;
    report({ code: 'variable.in-source', what, fix: 'Write the value itself.' });
  } else if (!names.includes(key)) {
    const known = names.length > 0 ? ` It declares ${listed(names)}.` : '';
    const what = `The pipeline declares no variable "${key}".${known}`;
    report({ code: 'variable.not-declared', what, fix: `Declare "${key}", or mend the reference.` });
  }
}

/** The output variables an action is known to produce; undefined when anything may come. */
export function outputVariablesOf({ action, provider }: Pick<ActionAt, 'action' | 'provider'>): string[] | undefined {
  if (!provider) return undefined;
  if (provider.declarationFields?.includes('outputVariables')) return action.outputVariables ?? [];
  const fixed = provider.outputVariables.map(({ name }) => name);
  if (!provider.dynamicOutputVariables) return fixed;
  const exported = exportedVariablesOf({ action, provider });
  return exported && [...fixed, ...exported];
}

/** What a buildspec that is written into the configuration exports (reference/buildspec.md §3); undefined without such a text. */
function exportedVariablesOf({ action, provider }: Pick<ActionAt, 'action' | 'provider'>) {
  const configuration = action.configuration ?? {};
  const [key = ''] =
    Object.entries(provider?.configuration ?? {}).find(([, { format }]) => format === 'buildspec') ?? [];
  const text = configuration[key];
  // Each build of a batch has a buildspec of its own.
  if (typeof text !== 'string' || !isInlineBuildspec(text) || isTrue(configuration.BatchEnabled)) return undefined;
  return parseBuildspec(text, '').buildspec?.exportedVariables;
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
