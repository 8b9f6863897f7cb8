import { replay } from '../../shared/execution/evolve.ts';
import type { StageState } from '../../shared/execution/executionState.ts';
import { actionKey, ruleKey } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { readLogRange } from '../engine/log/readLogRange.ts';
import { logPath } from '../engine/logPath.ts';
import { createHistory } from '../history/createHistory.ts';
import { type Command, EXIT, type Io, parse } from './command.ts';
import { findExecution } from './execution.ts';

const PART_BYTES = 256 * 1024;

export const command: Command = {
  usage: `penstock logs ID [--action Stage/Action] [--data-dir DIR]

Prints the masked log of every action and rule of an execution, or of one (a rule is Stage/beforeEntry/Rule). ID may be shortened; "latest" is the newest.
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { action: { type: 'string' }, 'data-dir': { type: 'string' } },
      { min: 1, max: 1 },
    );
    const history = createHistory({ dataDirectory: dataDirectory(io.environment, values['data-dir']), readOnly: true });
    try {
      const pipelineExecutionId = await findExecution(history, positionals[0]!);
      const state = replay(await history.events(pipelineExecutionId));
      const attempts = state.stages.flatMap(loggedIn).filter(({ where }) => !values.action || where === values.action);
      if (values.action && attempts.length === 0) {
        throw new ProblemError({
          code: 'action.unknown',
          where: values.action,
          what: 'This action did not run in this execution.',
          fix: `See which did: penstock show ${positionals[0]}`,
        });
      }
      for (const { where, id, fidelity } of attempts) {
        if (!values.action) io.out(`── ${where} [${fidelity}]\n`);
        if (!(await print(logPath(history.folder(pipelineExecutionId), id), io))) break;
      }
      return EXIT.succeeded;
    } finally {
      await history.close();
    }
  },
};

/** What left a log in a stage: rules before entry, actions, the other rules. */
function loggedIn({ stageName, actions, conditions }: StageState) {
  const rulesOf = (isBefore: boolean) =>
    conditions
      .filter(({ conditionType }) => (conditionType === 'BEFORE_ENTRY') === isBefore)
      .flatMap(({ rules }) => rules)
      .map(({ conditionType, ruleName, ruleExecutionId: id, fidelity }) => ({
        where: ruleKey(stageName, conditionType, ruleName),
        id,
        fidelity,
      }));
  const ofActions = actions
    .filter((action) => action !== undefined)
    .map(({ actionName, actionExecutionId: id, fidelity }) => ({
      where: actionKey(stageName, actionName),
      id,
      fidelity,
    }));
  return [...rulesOf(true), ...ofActions, ...rulesOf(false)];
}

/** Prints a log part by part, each when the one before was taken. False when nobody reads any more. */
async function print(path: string, io: Io): Promise<boolean> {
  for (let offset = 0; ; ) {
    const { text, end, size } = await readLogRange(path, offset, PART_BYTES);
    io.out(text);
    if (!(await io.drained())) return false;
    if (end >= size || end === offset) return true;
    offset = end;
  }
}
