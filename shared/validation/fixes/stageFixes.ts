import { sidecarRename } from '../../model/edits/sidecarRenames.ts';
import { uniqueName } from '../../model/edits/uniqueName.ts';
import { approval, type Faulty, type Fixer, insert, type QuickFix, remove, set } from './quickFix.ts';

/** Stages, and actions that stand in the wrong one. */
export const stageFixers: Readonly<Record<string, Fixer>> = {
  'stage.too-few': ({ pipeline }) => {
    const names = pipeline.stages.map(({ name }) => name);
    if (names.length === 0) return [];
    const name = uniqueName('Approval', names);
    return [
      {
        ...insert('add-stage', `Add stage ${name} with a manual approval`, ['stages', names.length], {
          name,
          actions: [approval('Approve')],
        }),
        select: name,
      },
    ];
  },
  'stage.empty': ({ pipeline, path }) => {
    const stageIndex = Number(path[1]);
    const { name } = pipeline.stages[stageIndex]!;
    return [
      stageIndex > 0 && pipeline.stages.length <= 2
        ? undefined
        : remove('remove-stage', `Delete stage ${name}`, ['stages', stageIndex]),
      stageIndex > 0
        ? insert(
            'add-approval',
            `Add a manual approval to ${name}`,
            ['stages', stageIndex, 'actions', 0],
            approval('Approve'),
          )
        : undefined,
    ];
  },
  'stage.duplicate-name': ({ pipeline, value: name }) => {
    const names = pipeline.stages.map((stage) => stage.name);
    // The place names the first of the two; it is the later one that gets another name.
    const index = names.indexOf(String(name), names.indexOf(String(name)) + 1);
    const to = uniqueName(String(name), names);
    return [
      { ...set('rename-duplicate', `Rename the later stage to ${to}`, ['stages', index, 'name'], to), select: to },
    ];
  },
  'action.duplicate-name': ({ pipeline, value: name, action }) => {
    if (!action) return [];
    const names = pipeline.stages[action.stageIndex]!.actions.map((other) => other.name);
    const index = names.indexOf(String(name), names.indexOf(String(name)) + 1);
    const to = uniqueName(String(name), names);
    const path = ['stages', action.stageIndex, 'actions', index, 'name'];
    return [
      {
        ...set('rename-duplicate', `Rename the later action to ${to}`, path, to),
        select: `${action.stage.name}/${to}`,
      },
    ];
  },
  'stage.first-not-source': (faulty) => [move(faulty, 1)],
  'action.source-not-first': (faulty) => [move(faulty, 0)],
  'stage.blockers': ({ path }) => [remove('remove-field', 'Remove the blockers', path)],
  'pipeline.mode-needs-v2': ({ pipeline }) => [
    toV2,
    set(
      'set-superseded',
      `Change the mode from ${pipeline.executionMode} to SUPERSEDED`,
      ['executionMode'],
      'SUPERSEDED',
    ),
  ],
  'condition.needs-v2': ({ path }) => [toV2, remove('remove-field', `Remove ${path.at(-1)}`, path)],
  'action-type.needs-v2': () => [toV2],
  'trigger.needs-v2': () => [toV2, remove('remove-field', 'Remove the triggers', ['triggers'])],
  'variable.needs-v2': () => [toV2],
};

export const toV2: QuickFix = set('convert-to-v2', 'Change the pipeline type to V2', ['pipelineType'], 'V2');

/** Moves an action to the end of a stage; a stage that it leaves empty goes with it, one that is missing is made. */
function move({ pipeline, action: at }: Faulty, to: number): QuickFix | undefined {
  if (!at) return undefined;
  const { action, stage, stageIndex, path } = at;
  const target = pipeline.stages[to];
  const kind = to === 0 ? 'move-to-first-stage' : 'move-to-next-stage';
  const leavesEmpty = stage.actions.length === 1 && stageIndex > 0;
  const remains = { path: leavesEmpty ? ['stages', stageIndex] : path, value: undefined };
  if (!target) {
    const name = uniqueName(
      action.actionTypeId.category,
      pipeline.stages.map((other) => other.name),
    );
    return {
      kind,
      title: `Move ${action.name} to a new stage ${name}`,
      edits: [remains, { path: ['stages', to], value: { name, actions: [action] }, insert: true }],
      select: `${name}/${action.name}`,
      sidecar: sidecarRename(at.label, `${name}/${action.name}`),
    };
  }
  const name = uniqueName(
    action.name,
    target.actions.map((other) => other.name),
  );
  const { runOrder: _own, ...rest } = action;
  const value = to === 0 ? { ...rest, name } : { ...action, name };
  return {
    kind,
    title: `Move ${action.name} to ${target.name}`,
    edits: [remains, { path: ['stages', to, 'actions', target.actions.length], value, insert: true }],
    select: `${target.name}/${name}`,
    sidecar: sidecarRename(at.label, `${target.name}/${name}`),
  };
}
