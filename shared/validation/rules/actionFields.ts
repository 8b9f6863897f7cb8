import { type ActionAt, placeOfAction, type Rule, type RuleContext } from '../ruleContext.ts';

/** A-023 … A-029: fields outside the configuration that only some action types take. */
export const actionFields: Rule = (context) => {
  for (const at of context.actions) {
    if (!at.provider) continue;
    const takes = new Set(at.provider.declarationFields);
    if (takes.has('commands')) commands(context, at);
    for (const field of ['commands', 'outputVariables', 'environmentVariables'] as const) {
      if (takes.has(field) || at.action[field] === undefined) continue;
      refuse(context, at, field, [field]);
    }
    for (const [index, { files }] of (at.action.outputArtifacts ?? []).entries()) {
      if (files !== undefined && !takes.has('files')) refuse(context, at, 'files', ['outputArtifacts', index, 'files']);
    }
    for (const [index, { type }] of (at.action.environmentVariables ?? []).entries()) {
      if (type !== 'SECRETS_MANAGER' || takes.has('commands') || !takes.has('environmentVariables')) continue;
      context.report({
        code: 'action.secret-not-taken',
        ...placeOfAction(context, at, 'environmentVariables', index, 'type'),
        what: `${at.provider.label} takes plain environment variables only; references to secrets work in Commands actions.`,
        fix: 'Set the type to PLAINTEXT, and let the deployed program read the secret itself.',
      });
    }
    if (at.action.timeoutInMinutes !== undefined && at.provider.timeoutConfigurable !== true) {
      refuse(context, at, 'timeoutInMinutes', ['timeoutInMinutes']);
    }
  }
};

function refuse(context: RuleContext, at: ActionAt, field: string, path: (string | number)[]): void {
  context.report({
    code: 'action.field-not-taken',
    ...placeOfAction(context, at, ...path),
    what: `${at.provider!.label} takes no "${field}".`,
    fix: 'Remove the field, or use an action type that takes it.',
  });
}

/** */
function commands(context: RuleContext, at: ActionAt): void {
  if (at.action.commands === undefined) {
    context.report({
      code: 'action.no-commands',
      ...placeOfAction(context, at, 'commands'),
      what: 'The action has no commands.',
      fix: 'Enter at least one shell command.',
    });
  }
  for (const [index, command] of (at.action.commands ?? []).entries()) {
    if (!/[\r\n]/.test(String(command))) continue;
    context.report({
      code: 'action.command-several-lines',
      ...placeOfAction(context, at, 'commands', index),
      what: 'A command goes over several lines; AWS takes one line for each.',
      fix: 'Write each line as a command of its own, or put them into a script.',
    });
  }
}
