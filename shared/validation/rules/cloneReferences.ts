import { placeOfAction, type Rule } from '../ruleContext.ts';

/**
 * an artifact that is only a Git reference can be read by CodeBuild alone; every other action fails when it runs. By
 * provider name because the value names its only reader. Custom and unknown types are not judged.
 */
export const cloneReferences: Rule = (context) => {
  const sources = context.actions.filter(
    ({ action }) => action.configuration?.OutputArtifactFormat === 'CODEBUILD_CLONE_REF',
  );
  const references = new Map(
    sources.flatMap(({ action, label }) => (action.outputArtifacts ?? []).map(({ name }) => [name, label] as const)),
  );
  if (references.size === 0) return;
  for (const at of context.actions) {
    if (!at.provider || at.provider.actionTypeId.provider === 'CodeBuild') continue;
    for (const [index, { name }] of (at.action.inputArtifacts ?? []).entries()) {
      const source = references.get(name);
      if (source === undefined) continue;
      context.report({
        code: 'artifact.clone-reference',
        ...placeOfAction(context, at, 'inputArtifacts', index, 'name'),
        what: `"${name}" is only a Git reference that CodeBuild can follow; ${at.provider.label} needs the files.`,
        fix: `Set OutputArtifactFormat of ${source} to CODE_ZIP, or hand on an output of a build.`,
      });
    }
  }
};
