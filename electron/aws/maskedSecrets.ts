import { actionKey, type PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type Problem, problem } from '../../shared/problem.ts';

const MASK = '****';

/**
 * AWS shows secrets as `****` and takes that text back as "keep the stored value", but only when an existing action is
 * updated (reference/validation.md A-012). For a new pipeline the mask would be no secret at all, so it is an error.
 */
export function maskedSecretProblems(pipeline: PipelineDeclaration, exists: boolean): Problem[] {
  const found: Problem[] = [];
  for (const stage of pipeline.stages) {
    for (const action of stage.actions) {
      for (const [field, value] of Object.entries(action.configuration ?? {})) {
        if (value !== MASK) continue;
        found.push(
          problem({
            code: 'secret.masked',
            severity: exists ? 'warning' : 'error',
            where: actionKey(stage.name, action.name),
            field,
            what: exists
              ? `${field} is "${MASK}": AWS keeps the secret that it has stored, if nothing else of this action changed.`
              : `${field} is "${MASK}", the mask that AWS shows instead of a secret; a new pipeline needs the secret itself.`,
            fix: exists
              ? 'Enter the secret again if AWS refuses the update.'
              : 'Enter the secret, or push to the account where the pipeline exists.',
          }),
        );
      }
    }
  }
  return found;
}
