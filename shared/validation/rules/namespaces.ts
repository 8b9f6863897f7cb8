import { placeOfAction, type Rule } from '../ruleContext.ts';

/** namespaces of output variables. */
export const namespaces: Rule = (context) => {
  const hasVariables = (context.pipeline.variables?.length ?? 0) > 0;
  for (const [namespace, actions] of context.namespaces) {
    if (namespace === '') continue;
    for (const at of actions.slice(1)) {
      context.report({
        code: 'namespace.duplicate',
        ...placeOfAction(context, at, 'namespace'),
        what: `The namespace "${namespace}" is already that of ${actions[0]!.label}.`,
        fix: 'Choose another: namespaces are unique in a pipeline.',
      });
    }
    for (const at of actions) {
      if (namespace === 'codepipeline' || (namespace === 'variables' && hasVariables)) {
        context.report({
          code: 'namespace.reserved',
          ...placeOfAction(context, at, 'namespace'),
          what: `The namespace "${namespace}" belongs to ${namespace === 'variables' ? 'the pipeline’s variables' : 'CodePipeline itself'}.`,
          fix: 'Choose another.',
        });
      }
      if (context.producers.has(namespace)) {
        context.report({
          code: 'namespace.is-artifact',
          ...placeOfAction(context, at, 'namespace'),
          what: `"${namespace}" is also the name of an artifact; AWS does not take one name for both.`,
          fix: 'Rename the namespace and its references, or the artifact.',
        });
      }
    }
  }
};
