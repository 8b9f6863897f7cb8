import { ProblemError } from '../problem.ts';
import type { Happening } from './events.ts';
import { type ExecutionState, isFinished, stageOf } from './executionState.ts';
import { findReferences } from './variables.ts';

export interface ContinueInput {
  stageName: string;
  actionName: string;
  by: string;
  /** By 'namespace.key': values that count from here on, before what actions produced. */
  variables?: Readonly<Record<string, string>>;
  /** The action is not run and counts as done, without outputs. Only before it has started. */
  skip?: boolean;
}

/** Lets an action pass the breakpoint at which it waits. */
export function continueAction(state: ExecutionState, input: ContinueInput): Happening[] {
  const { stageName, actionName, by, variables = {}, skip = false } = input;
  const where = `${stageName}/${actionName}`;
  const pause = stageOf(state, stageName)?.paused[actionName];
  if (!pause || isFinished(state)) {
    throw new ProblemError({
      code: 'breakpoint.not-paused',
      where,
      what: `"${actionName}" does not wait at a breakpoint.`,
      fix: 'Look at the execution again: somebody may have let it go on.',
    });
  }
  if (skip && pause.pausedAt === 'after') {
    throw new ProblemError({
      code: 'breakpoint.cannot-skip',
      where,
      what: `"${actionName}" has ended: it can not be skipped any more.`,
      fix: 'Let it go on, or stop the execution.',
    });
  }
  const wrong = Object.keys(variables).find((name) => findReferences(`#{${name}}`)[0]?.malformed !== undefined);
  if (wrong !== undefined) {
    throw new ProblemError({
      code: 'breakpoint.variable-name',
      where,
      field: wrong,
      what: `"${wrong}" is not the name of a variable.`,
      fix: 'Write namespace and key with a period between them, as in BuildVariables.Tag.',
    });
  }
  return [
    {
      type: 'ActionContinued',
      stageName,
      actionName,
      pausedAt: pause.pausedAt,
      by,
      ...(Object.keys(variables).length > 0 ? { variables: { ...variables } } : {}),
      ...(skip ? { skip } : {}),
    },
  ];
}
