import { conditionSets, rulesOfStage } from '../../model/declaration.ts';
import { placeOfAction, placeOfStage, type Rule } from '../ruleContext.ts';

/** W-006 and W-010: what waits for a person or for the clock. */
export const waits: Rule = (context) => {
  for (const at of context.actions) {
    const isApproval = at.action.actionTypeId.category === 'Approval';
    const fields = at.provider?.configuration ?? {};
    if (!isApproval || !Object.hasOwn(fields, 'NotificationArn')) continue;
    if (at.action.configuration?.NotificationArn !== undefined) continue;
    context.report({
      code: 'advice.approval-silent',
      ...placeOfAction(context, at, 'configuration', 'NotificationArn'),
      what: 'Nobody is told that this approval waits.',
      fix: 'Give it a topic of SNS, unless a notification rule tells people.',
    });
  }
  for (const [stageIndex, stage] of context.pipeline.stages.entries()) {
    for (const { conditionType, rule } of rulesOfStage(stage)) {
      const cron = rule.configuration?.Cron;
      // By the key: only a window has one.
      if (cron === undefined || !/^\S+\s+\d+\s/.test(cron.trim())) continue;
      const set = conditionSets[conditionType];
      const index = stage[set]!.conditions![0]!.rules!.indexOf(rule);
      if (index < 0) continue;
      context.report({
        code: 'advice.one-minute',
        ...placeOfStage(context, stageIndex, set, 'conditions', 0, 'rules', index, 'configuration', 'Cron'),
        what: `The window "${cron.slice(0, 60)}" is open for one minute of an hour.`,
        fix: 'Write * for the minutes, if the whole hour is meant.',
      });
    }
  }
};
