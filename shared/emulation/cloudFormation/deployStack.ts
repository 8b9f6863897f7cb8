import { ActionFailure, type ActionOutcome, type ActionRun, type EmulationHost } from '../../providers/host.ts';
import { counted } from '../counted.ts';
import { itemsOf, locatedFile } from '../inputFiles.ts';
import { isFields, member } from '../readData.ts';
import { checkCapabilities } from './capabilities.ts';
import {
  type ChangeSummary,
  changeLines,
  countChanges,
  isChange,
  type KeptResource,
  resourcesOf,
  summarize,
} from './changes.ts';
import { evaluate, holds, type Scope, Unknown } from './intrinsics.ts';
import { readStackSettings } from './parameterSources.ts';
import { resolveParameters } from './parameters.ts';
import { checkReferences } from './references.ts';
import { stackArn, stackScope } from './stackScope.ts';
import { readTemplate } from './template.ts';

/**
 * A CloudFormation action without CloudFormation: everything that CloudFormation finds before it touches a resource is found
 * here, and the stack is remembered, so that the next deployment can say what it changes.
 */
type StackRun = ActionRun<
  | 'ActionMode'
  | 'StackName'
  | 'ChangeSetName'
  | 'TemplatePath'
  | 'TemplateConfiguration'
  | 'Capabilities'
  | 'ParameterOverrides'
  | 'OutputFileName'
>;

interface Stack {
  id: string;
  resources: Record<string, KeptResource>;
  outputs: Record<string, string>;
}

interface KeptStack {
  stack?: Stack | undefined;
  changeSets: Record<string, Stack>;
}

/** The limit of a template (reference/actions.md, CloudFormation). */
const MAX_TEMPLATE_BYTES = 1024 * 1024;
/** The limit of an input artifact (reference/actions.md, "Artifact size limits"). */
const MAX_INPUT_BYTES = 256 * 1024 * 1024;
const SERVICE = 'cloudformation';

export async function deployStack(run: StackRun): Promise<ActionOutcome> {
  const { ActionMode: mode = '', StackName: name = '' } = run.configuration;
  const emulation = await run.host.emulation();
  const key = `${emulation.region}/${name}`;
  const changed = await change(run, emulation, mode, name, key);
  if (mode === 'DELETE_ONLY') return { summary: changed.summary };
  return {
    summary: changed.summary,
    externalExecutionId: changed.stack.id,
    outputVariables: changed.stack.outputs,
    outputArtifacts: await outputFile(run, changed.stack.outputs),
  };
}

interface Changed {
  stack: Stack;
  summary: string;
}

async function change(
  run: StackRun,
  emulation: EmulationHost,
  mode: string,
  name: string,
  key: string,
): Promise<Changed> {
  const { host, configuration, actionExecutionId } = run;
  const keep = async (next: (kept: KeptStack) => { kept: KeptStack; changed: Changed }): Promise<Changed> => {
    let changed: Changed | undefined;
    await emulation.keep(SERVICE, key, ({ before }) => {
      const after = next(keptStack(before));
      changed = after.changed;
      const isEmpty = !after.kept.stack && Object.keys(after.kept.changeSets).length === 0;
      return isEmpty ? undefined : after.kept;
    });
    return changed!;
  };
  const idOf = (stack: Stack | undefined) => stack?.id ?? stackArn(emulation, name, actionExecutionId);

  switch (mode) {
    case 'DELETE_ONLY':
      return keep(({ stack }) => {
        host.log(
          stack
            ? `Stack ${name} is deleted: ${counted(Object.keys(stack.resources).length, 'resource')}.`
            : `Stack ${name} does not exist here, so there is nothing to delete; the action succeeds, as in AWS.`,
        );
        const gone = { id: '', resources: {}, outputs: {} };
        return { kept: { changeSets: {} }, changed: { stack: gone, summary: `Stack ${name} deleted.` } };
      });
    case 'CHANGE_SET_EXECUTE':
      return keep(({ stack, changeSets }) => {
        const wanted = configuration.ChangeSetName ?? '';
        const changeSet = Object.hasOwn(changeSets, wanted) ? changeSets[wanted] : undefined;
        if (!changeSet) throw noChangeSet(wanted, name, Object.keys(changeSets));
        const summary = summarize(stack?.resources ?? {}, changeSet.resources);
        tell(run, `Change set ${wanted} of stack ${name} is executed`, summary);
        // CloudFormation deletes all change sets of a stack once one is executed.
        return {
          kept: { stack: changeSet, changeSets: {} },
          changed: { stack: changeSet, summary: `Change set ${wanted} executed: ${countChanges(summary)}.` },
        };
      });
    case 'CHANGE_SET_REPLACE': {
      const wanted = configuration.ChangeSetName ?? '';
      if (wanted === '') {
        throw new ActionFailure('ConfigurationError', 'ChangeSetName is missing.', 'Name the change set.');
      }
      const planned = await plan(run, emulation, name, true);
      return keep(({ stack, changeSets }) => {
        const next = planned(idOf(stack));
        const summary = summarize(stack?.resources ?? {}, next.resources);
        tell(run, `Change set ${wanted} of stack ${name} would make these changes`, summary);
        return {
          kept: { stack, changeSets: { ...changeSets, [wanted]: next } },
          changed: { stack: next, summary: `Change set ${wanted} made: ${countChanges(summary)}.` },
        };
      });
    }
    case 'CREATE_UPDATE':
    case 'REPLACE_ON_FAILURE': {
      const planned = await plan(run, emulation, name, false);
      return keep(({ stack }) => {
        const next = planned(idOf(stack));
        const summary = summarize(stack?.resources ?? {}, next.resources);
        tell(run, stack ? `Stack ${name} is updated` : `Stack ${name} is created`, summary);
        return {
          kept: { stack: next, changeSets: {} },
          changed: { stack: next, summary: `Stack ${stack ? 'updated' : 'created'}: ${countChanges(summary)}.` },
        };
      });
    }
    default:
      throw new ActionFailure(
        'ConfigurationError',
        `ActionMode "${mode}" is none that CloudFormation has.`,
        'Choose CREATE_UPDATE, REPLACE_ON_FAILURE, DELETE_ONLY, CHANGE_SET_REPLACE or CHANGE_SET_EXECUTE.',
      );
  }
}

/** Reads and checks everything; answers what makes the stack of the id that it turns out to have. */
async function plan(
  run: StackRun,
  emulation: EmulationHost,
  name: string,
  throughChangeSet: boolean,
): Promise<(id: string) => Stack> {
  const { configuration, host } = run;
  const large = run.inputs.find(({ size }) => size > MAX_INPUT_BYTES);
  if (large) {
    throw new ActionFailure(
      'ConfigurationError',
      `Artifact [${large.name}] is ${large.size} bytes long; CloudFormation actions take at most ${MAX_INPUT_BYTES}.`,
      'Pass on an artifact with only the template and its configuration.',
    );
  }
  const { path, text } = await locatedFile(run, 'TemplatePath', configuration.TemplatePath ?? '', MAX_TEMPLATE_BYTES);
  const template = readTemplate(text, path);
  const settings = await readStackSettings(run);
  const parameters = resolveParameters(template, settings.parameters, host.log);
  checkReferences(template);
  checkCapabilities(template, itemsOf(configuration.Capabilities), { throughChangeSet });
  const count = Object.keys(template.resources).length;
  host.log(
    `Template ${path}: ${counted(count, 'resource')}, ${counted(parameters.size, 'parameter')}; it is well-formed and every reference leads somewhere.`,
  );
  if (template.transforms.length > 0) {
    host.log(
      `Not checked: what ${template.transforms.join(', ')} makes of the template, references to what it makes, and their change.`,
    );
  }
  return (id) => {
    const scope = stackScope(template, parameters, emulation, { name, id });
    return { id, resources: resourcesOf(scope), outputs: outputsOf(scope, host.log) };
  };
}

/** Outputs that can be told without the resources; the log names the others. */
function outputsOf(scope: Scope, log: (line: string) => void): Record<string, string> {
  const known: [string, string][] = [];
  for (const [name, body] of Object.entries(scope.template.outputs)) {
    const condition = member(body, 'Condition');
    const isMade = typeof condition === 'string' ? holds(condition, scope) : true;
    if (isMade === false) continue;
    const value = isMade instanceof Unknown ? isMade : evaluate(member(body, 'Value'), scope);
    if (value instanceof Unknown) {
      log(
        `Output ${name} is left out: only AWS knows ${value.because}. A later action that needs it fails here; script this action's output variables under Local to go on.`,
      );
    } else known.push([name, isFields(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)]);
  }
  return Object.fromEntries(known);
}

function tell({ host }: StackRun, what: string, summary: ChangeSummary): void {
  if (!isChange(summary)) {
    host.log(`${what}: no updates are to be performed. The action succeeds, as in AWS.`);
    return;
  }
  host.log(`${what}: ${countChanges(summary)}, against what was last deployed here.`);
  for (const line of changeLines(summary)) host.log(line);
}

async function outputFile(run: StackRun, outputs: Readonly<Record<string, string>>) {
  const { host, action, configuration } = run;
  const name = action.outputArtifacts?.[0]?.name;
  const { OutputFileName } = configuration;
  if (OutputFileName && name === undefined) {
    host.log(`OutputFileName ${OutputFileName} is ignored: the action has no output artifact.`);
  }
  if (!OutputFileName || name === undefined) return [];
  return [await host.makeArtifact(name, { [OutputFileName]: `${JSON.stringify(outputs, null, 2)}\n` })];
}

const keptStack = (before: unknown): KeptStack => {
  const kept = before as Partial<KeptStack> | undefined;
  return { stack: kept?.stack, changeSets: kept?.changeSets ?? {} };
};

function noChangeSet(wanted: string, stackName: string, known: readonly string[]): ActionFailure {
  return new ActionFailure(
    'JobFailed',
    `ChangeSet [${wanted}] does not exist for stack [${stackName}] (ChangeSetNotFoundException)`,
    known.length > 0
      ? `The stack has ${known.join(', ')}. Name the one that an earlier CHANGE_SET_REPLACE action made.`
      : 'Put an action with CHANGE_SET_REPLACE for the same stack and change set before this one.',
  );
}
