import { actionTypeIdSchema, actionTypeKey } from '../../model/declaration.ts';
import { placeOfAction, type Rule } from '../ruleContext.ts';

/**
 * and part of W-003: the type of an action. A type that is not in the table is no error: AWS may have
 * added it since, and custom types live in the account.
 */
export const actionTypes: Rule = (context) => {
  for (const at of context.actions) {
    const { actionTypeId } = at.action;
    if (!at.provider) {
      // What is malformed has been said already.
      if (actionTypeId.owner === 'Custom' || !actionTypeIdSchema.safeParse(actionTypeId).success) continue;
      context.report({
        code: 'action-type.unknown',
        severity: 'warning',
        ...placeOfAction(context, at, 'actionTypeId'),
        what: `Penstock does not know the action type ${actionTypeKey(actionTypeId)}, so it cannot check this action.`,
        fix: 'Check category, owner, provider and version. If AWS has it, the pipeline can be pushed as it is.',
      });
    } else if (at.provider.status === 'retired') {
      context.report({
        code: 'action-type.retired',
        severity: 'warning',
        ...placeOfAction(context, at, 'actionTypeId'),
        what: `The service behind "${at.provider.label}" has ended.`,
        fix: 'Replace the action.',
      });
    }
    if (context.isDeclaredV1 && at.provider && !at.provider.pipelineTypes.includes('V1')) {
      context.report({
        code: 'action-type.needs-v2',
        ...placeOfAction(context, at, 'actionTypeId'),
        what: `"${at.provider.label}" exists only in pipelines of type V2.`,
        fix: 'Set the pipeline type to V2.',
      });
    }
  }
};
