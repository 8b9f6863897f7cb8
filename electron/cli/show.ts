import { replay } from '../../shared/execution/evolve.ts';
import { why } from '../../shared/execution/why.ts';
import { conditionSets } from '../../shared/model/declaration.ts';
import { reportLine } from '../../shared/reports/reportText.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { createHistory } from '../history/createHistory.ts';
import { type Command, EXIT, parse } from './command.ts';
import { findExecution } from './execution.ts';
import { durationText, timeText } from './text.ts';

export const command: Command = {
  usage: `penstock show ID [--json] [--data-dir DIR]

Shows one execution: stages, actions, revisions, variables, why something failed. ID may be shortened; "latest" is the newest.

  --json   its events, one a line, exactly as the journal holds them
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { json: { type: 'boolean' }, 'data-dir': { type: 'string' } },
      { min: 1, max: 1 },
    );
    const history = createHistory({ dataDirectory: dataDirectory(io.environment, values['data-dir']), readOnly: true });
    try {
      const events = await history.events(await findExecution(history, positionals[0]!));
      if (values.json) for (const event of events) io.out(`${JSON.stringify(event)}\n`);
      else io.out(describe(replay(events)));
      return EXIT.succeeded;
    } finally {
      await history.close();
    }
  },
};

function describe(state: ReturnType<typeof replay>): string {
  const lines = [
    `${state.pipelineName}  ${state.pipelineExecutionId}`,
    `${state.status ?? 'not started'}  ·  started ${timeText(state.startedAt)}  ·  ${durationText(state.finishedMono)}  ·  ${state.trigger.triggerType}`,
  ];
  if (state.summary) lines.push(state.summary);
  for (const [name, value] of Object.entries(state.variables)) lines.push(`variable ${name} = ${value}`);
  const reasons = why(state, [], Date.now());
  for (const { where, text } of reasons) if (where === '') lines.push(text);
  for (const stage of state.stages) {
    lines.push(
      '',
      `${stage.stageName}  ${stage.status ?? 'not reached'}${stage.attempt > 1 ? `  (attempt ${stage.attempt})` : ''}`,
    );
    for (const { where, text } of reasons) {
      if (where === stage.stageName || where.startsWith(`${stage.stageName}/`)) lines.push(`  why: ${text}`);
    }
    for (const { conditionType, status, rules } of stage.conditions) {
      lines.push(`  ${conditionSets[conditionType]}  ${status}`);
      for (const { ruleName, status: ended, fidelity } of rules)
        lines.push(`    rule ${ruleName}  ${ended}  [${fidelity}]`);
    }
    for (const action of stage.actions) {
      if (!action) continue;
      const took = action.finishedMono === undefined ? undefined : action.finishedMono - action.startedMono;
      lines.push(`  ${action.actionName}  ${action.status}  ${durationText(took)}  [${action.fidelity}]`);
      if (action.approval && !action.approval.answer) lines.push('    waits for an approval');
      if (action.revision)
        lines.push(
          `    ${action.revision.revisionId.slice(0, 12)} ${action.revision.commitMessage?.split('\n', 1)[0] ?? ''}`.trimEnd(),
        );
      if (action.errorDetails) lines.push(`    ${action.errorDetails.code}: ${action.errorDetails.message}`);
      if (action.errorDetails?.fix) lines.push(`    ${action.errorDetails.fix}`);
      for (const report of action.reports ?? []) {
        lines.push(`    report ${reportLine(report)}`);
        for (const { name, status, message } of report.failedCases ?? [])
          lines.push(`      ${status} ${name}${message ? `: ${message.split('\n', 1)[0]}` : ''}`);
      }
      for (const [name, value] of Object.entries(action.outputVariables))
        lines.push(`    ${name} = ${value.split('\n', 1)[0]}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
