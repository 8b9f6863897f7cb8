import { utf8Bytes } from '../execution/variables.ts';
import { ActionFailure, type ActionOutcome, type ActionRun } from '../providers/host.ts';
import { firstInput, reading, requiredFile } from './inputFiles.ts';
import { readJson } from './readData.ts';

/** What a state machine takes as input, in bytes. */
const MAX_INPUT_BYTES = 256 * 1024;

/** Starts no state machine: its input is checked, and the execution gets the name and ARN that AWS would give it. */
export async function startStateMachine(
  run: ActionRun<'StateMachineArn' | 'ExecutionNamePrefix' | 'InputType' | 'Input'>,
): Promise<ActionOutcome> {
  const { host, configuration, action, actionExecutionId } = run;
  const { StateMachineArn = '', ExecutionNamePrefix, InputType = 'Literal', Input } = configuration;
  const arn =
    /^(arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}):stateMachine:([A-Za-z0-9_-]{1,80})(?::[A-Za-z0-9_.-]+)?$/.exec(
      StateMachineArn,
    );
  if (!arn) {
    throw new ActionFailure(
      'ConfigurationError',
      `Invalid Arn: '${StateMachineArn}' (InvalidArn)`,
      'Write arn:aws:states:REGION:ACCOUNT:stateMachine:NAME.',
    );
  }
  const name = ExecutionNamePrefix ? `${ExecutionNamePrefix}-${actionExecutionId}` : actionExecutionId;
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw new ActionFailure(
      'ConfigurationError',
      `Invalid Name: '${name}' (InvalidName)`,
      'ExecutionNamePrefix has at most 43 letters, digits, hyphens and underscores; the id of the action follows it.',
    );
  }
  if (InputType !== 'Literal' && InputType !== 'FilePath') {
    throw new ActionFailure('ConfigurationError', `InputType "${InputType}" is unknown.`, 'Use Literal or FilePath.');
  }
  if (InputType === 'FilePath' && Input === undefined) {
    throw new ActionFailure('ConfigurationError', 'Input is missing.', 'Name a file of the input artifact.');
  }
  const input = InputType === 'FilePath' ? await requiredFile(run, firstInput(run), Input ?? '') : (Input ?? '{}');
  reading(
    ({ line, column }) => ({
      message: `Invalid State Machine Execution Input: no JSON at line ${line}, column ${column} (InvalidExecutionInput)`,
    }),
    () => readJson(input),
  );
  if (utf8Bytes(input) > MAX_INPUT_BYTES) {
    throw new ActionFailure(
      'JobFailed',
      `Invalid State Machine Execution Input: it is longer than ${MAX_INPUT_BYTES} bytes (InvalidExecutionInput)`,
      'Pass the place of a file instead of its content.',
    );
  }
  host.log(`The state machine would get this input: ${input.length > 500 ? `${input.slice(0, 500)}…` : input}`);
  host.log('No state machine runs here: the action succeeds without its work. Taken for a standard one (not express).');
  const outputName = action.outputArtifacts?.[0]?.name;
  const outputArtifacts = [];
  if (outputName !== undefined) {
    host.log(`Artifact ${outputName} explains itself instead of holding the execution’s output.`);
    const text = `The output of ${StateMachineArn} is known only in AWS. Script this action's artifacts under Local to give it content.\n`;
    outputArtifacts.push(await host.makeArtifact(outputName, { 'EMULATED.txt': text }));
  }
  const ExecutionArn = `${arn[1]}:execution:${arn[2]}:${name}`;
  return {
    outputVariables: { StateMachineArn, ExecutionArn },
    outputArtifacts,
    externalExecutionId: ExecutionArn,
    summary: `Input checked for ${arn[2]}; it did not run.`,
  };
}
