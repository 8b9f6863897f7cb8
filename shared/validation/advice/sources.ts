import { actionTypeKey } from '../../model/declaration.ts';
import { type ActionAt, placeOfAction, type Rule } from '../ruleContext.ts';

/** W-001, W-003, W-007 and A-012: where changes come from. */
export const sources: Rule = (context) => {
  const { actions, report } = context;
  if (context.isDeclaredV1) {
    report({
      code: 'advice.v1',
      where: '',
      field: 'pipelineType',
      what: 'Type V1 has no triggers with filters, no variables of the pipeline, no conditions and no rollback.',
      fix: 'Set the pipeline type to V2; AWS then bills by minutes of actions instead of by pipeline.',
    });
  }
  for (const at of actions) {
    if (!at.provider) continue;
    const given = at.action.configuration ?? {};
    if (at.provider.status === 'legacy') {
      report({
        code: 'advice.legacy',
        ...placeOfAction(context, at, 'actionTypeId'),
        what: `"${at.provider.label}" is kept for old pipelines; AWS recommends against it.`,
        fix: at.isSource ? 'Use a source with a connection.' : 'Replace the action.',
      });
    }
    // A secret as it comes back from AWS is taken only together with the stored one.
    for (const [key, field] of Object.entries(at.provider.configuration)) {
      if (field.type !== 'secret' || !/^\*+$/.test(given[key] ?? '')) continue;
      report({
        code: 'advice.masked-secret',
        ...placeOfAction(context, at, 'configuration', key),
        what: `"${key}" is masked. AWS takes that only when it updates this very action and already has the secret.`,
        fix: 'For a new pipeline enter the secret, or use a source with a connection.',
      });
    }
    if (Object.hasOwn(at.provider.configuration, 'PollForSourceChanges') && given.PollForSourceChanges === undefined) {
      report({
        code: 'advice.polling',
        ...placeOfAction(context, at, 'configuration', 'PollForSourceChanges'),
        what: 'CodePipeline polls this source, because PollForSourceChanges is not set.',
        fix: 'Set it to false when an event rule or a webhook starts the pipeline, else to true.',
      });
    }
  }
  repositories(context);
};

const isBranch = (key: string) => /^Branch(Name)?$/.test(key);

/** W-007. */
const repositories: Rule = (context) => {
  const seen = new Map<string, ActionAt>();
  for (const at of context.actions) {
    const given = Object.entries(at.action.configuration ?? {});
    if (!at.isSource || !given.some(([key]) => isBranch(key))) continue;
    const required = given.filter(([key]) => !isBranch(key) && at.provider?.configuration[key]?.required === 'always');
    const repository = JSON.stringify([actionTypeKey(at.action.actionTypeId), required.sort()]);
    const other = seen.get(repository);
    if (!other) {
      seen.set(repository, at);
      continue;
    }
    context.report({
      code: 'advice.same-repository',
      ...placeOfAction(context, at),
      what: `This action and ${other.label} read the same repository, so a push to either branch runs the pipeline with both.`,
      fix: 'Make a pipeline for each branch, unless both are wanted together.',
    });
  }
};
