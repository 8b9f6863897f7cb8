import { listed, placeOfAction, placeOfStage, type Rule } from '../ruleContext.ts';

/** P-003, P-004, P-005, P-006, P-007, P-015, P-017, S-001, S-002, S-003: stages and their actions as a whole. */
export const stages: Rule = (context) => {
  const { pipeline, actions, report } = context;
  const { length } = pipeline.stages;
  if (length < 2) {
    report({
      code: 'stage.too-few',
      where: '',
      field: 'stages',
      what: `The pipeline has ${length === 0 ? 'no stages' : 'only 1 stage'}; AWS takes 2 to 50.`,
      fix: length === 0 ? 'Add a stage with a source action, and one that does something with it.' : 'Add a stage.',
    });
  }
  if (length > 50) {
    const what = `The pipeline has ${length} stages; AWS takes at most 50.`;
    report({ code: 'stage.too-many', where: '', field: 'stages', what, fix: 'Merge stages, or split the pipeline.' });
  }
  if (actions.length > 1000) {
    const what = `The pipeline has ${actions.length} actions; AWS takes at most 1,000.`;
    report({ code: 'action.too-many', where: '', field: 'stages', what, fix: 'Split the pipeline.' });
  }
  if (context.isDeclaredV1 && (pipeline.executionMode === 'QUEUED' || pipeline.executionMode === 'PARALLEL')) {
    report({
      code: 'pipeline.mode-needs-v2',
      where: '',
      field: 'executionMode',
      what: `The execution mode ${pipeline.executionMode} exists only in pipelines of type V2.`,
      fix: 'Set the pipeline type to V2, or the mode to SUPERSEDED.',
    });
  }
  duplicateStages(context);
  for (const [index, stage] of pipeline.stages.entries()) {
    if (stage.actions.length === 0) {
      const what = `Stage "${stage.name}" has no actions; AWS takes 1 to 50.`;
      report({
        code: 'stage.empty',
        ...placeOfStage(context, index),
        what,
        fix: 'Add an action, or delete the stage.',
      });
    }
    if (stage.actions.length > 50) {
      const what = `Stage "${stage.name}" has ${stage.actions.length} actions; AWS takes at most 50.`;
      report({
        code: 'stage.too-many-actions',
        ...placeOfStage(context, index),
        what,
        fix: 'Move some to another stage.',
      });
    }
    if (stage.blockers !== undefined && stage.blockers.length > 0) {
      const what = `Stage "${stage.name}" has blockers, which AWS keeps for itself.`;
      report({ code: 'stage.blockers', ...placeOfStage(context, index, 'blockers'), what, fix: 'Remove them.' });
    }
    duplicateActions(context, index);
  }
  for (const at of actions) {
    if (at.stageIndex === 0 && !at.isSource) {
      report({
        code: 'stage.first-not-source',
        ...placeOfAction(context, at),
        what: `The first stage takes only source actions; "${at.action.name}" is ${article(at.action.actionTypeId.category)} action.`,
        fix: 'Move it to a later stage.',
      });
    }
    if (at.stageIndex > 0 && at.isSource) {
      report({
        code: 'action.source-not-first',
        ...placeOfAction(context, at),
        what: `Source actions stand in the first stage only; "${at.action.name}" is in stage ${at.stageIndex + 1}.`,
        fix: `Move it to ${listed([pipeline.stages[0]!.name])}.`,
      });
    }
  }
};

const article = (category: string) => (/^[AI]/.test(category) ? `an ${category}` : `a ${category}`);

const duplicateStages: Rule = (context) => {
  const seen = new Set<string>();
  for (const [index, { name }] of context.pipeline.stages.entries()) {
    if (name !== '' && seen.has(name)) {
      context.report({
        code: 'stage.duplicate-name',
        ...placeOfStage(context, index, 'name'),
        what: `Two stages are called "${name}".`,
        fix: 'Rename one: names of stages are unique in a pipeline.',
      });
    }
    seen.add(name);
  }
};

function duplicateActions(context: Parameters<Rule>[0], stageIndex: number): void {
  const seen = new Set<string>();
  for (const [actionIndex, { name }] of context.pipeline.stages[stageIndex]!.actions.entries()) {
    if (name !== '' && seen.has(name)) {
      context.report({
        code: 'action.duplicate-name',
        ...placeOfAction(context, { stageIndex, actionIndex }, 'name'),
        what: `Two actions of this stage are called "${name}".`,
        fix: 'Rename one: names of actions are unique in a stage.',
      });
    }
    seen.add(name);
  }
}
