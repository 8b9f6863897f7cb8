import { placeOfAction, type Rule } from '../ruleContext.ts';

/**
 * source actions and the actions of others than AWS run in the pipeline's own Region. Which Region that is
 * the declaration does not say, and `get-pipeline` prints it at every action, so a Region alone is no fault; two are.
 */
export const regions: Rule = (context) => {
  const atHome = context.actions.filter(
    ({ action, isSource }) => action.region && (isSource || action.actionTypeId.owner !== 'AWS'),
  );
  const [home] = atHome;
  for (const at of atHome) {
    if (at.action.region === home!.action.region) continue;
    const kind = at.isSource ? 'Source actions run' : 'An action of another owner than AWS runs';
    context.report({
      code: 'action.region-not-home',
      ...placeOfAction(context, at, 'region'),
      what: `${kind} in the pipeline’s own Region; this one is in ${at.action.region}, but ${home!.label} in ${home!.action.region}.`,
      fix: 'Remove the region, or give both the Region of the pipeline.',
    });
  }
};
