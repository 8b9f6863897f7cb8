import { findReferences } from '../../execution/variables.ts';
import { rulesOfStage } from '../../model/declaration.ts';
import { placeOfAction, type Rule } from '../ruleContext.ts';

/** W-002: outputs that nobody takes, namespaces and variables that nobody reads. */
export const unused: Rule = (context) => {
  const { pipeline, actions, report } = context;
  const taken = new Set<string>();
  const read = new Set<string>();
  const look = (text: unknown) => {
    if (typeof text !== 'string' || !text.includes('#{')) return;
    for (const { namespace, key } of findReferences(text)) {
      read.add(namespace);
      read.add(`${namespace}.${key}`);
    }
  };
  for (const { action } of actions) {
    for (const { name } of action.inputArtifacts ?? []) taken.add(name);
    for (const value of Object.values(action.configuration ?? {})) look(value);
    for (const command of action.commands ?? []) look(command);
    for (const { value } of action.environmentVariables ?? []) look(value);
  }
  for (const { rule } of pipeline.stages.flatMap(rulesOfStage)) {
    for (const { name } of rule.inputArtifacts ?? []) taken.add(name);
    for (const value of Object.values(rule.configuration ?? {})) look(value);
    for (const command of rule.commands ?? []) look(command);
  }
  for (const at of actions) {
    for (const [index, { name }] of (at.action.outputArtifacts ?? []).entries()) {
      if (name === '' || taken.has(name)) continue;
      report({
        code: 'advice.unused-output',
        ...placeOfAction(context, at, 'outputArtifacts', index, 'name'),
        what: `No action takes the output artifact "${name}".`,
        fix: at.isSource ? 'Connect it to an action, or remove the source.' : 'Connect it to an action, or remove it.',
      });
    }
    const { namespace } = at.action;
    if (!namespace || read.has(namespace)) continue;
    report({
      code: 'advice.unused-namespace',
      ...placeOfAction(context, at, 'namespace'),
      what: `Nothing refers to a variable of the namespace "${namespace}".`,
      fix: 'Remove it, or leave it for later.',
    });
  }
  for (const [index, { name }] of (pipeline.variables ?? []).entries()) {
    if (name === '' || read.has(`variables.${name}`)) continue;
    report({
      code: 'advice.unused-variable',
      where: '',
      field: `variables.${index}.name`,
      what: `Nothing refers to the pipeline variable "${name}".`,
      fix: `Use it as #{variables.${name}}, or remove it.`,
    });
  }
};
