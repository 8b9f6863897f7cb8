import { attemptsOf, type ExecutionState } from '../execution/executionState.ts';

/** What a recorded execution came to, in words that outlast the form of the state. */
export interface RecordedOutcome {
  status: string;
  /** 'Stage' -> status and attempts of the stage. */
  stages: Record<string, string>;
  /** 'Stage/Action' -> status of each attempt. */
  actions: Record<string, string[]>;
  /** Milliseconds from the first event to the end. */
  duration: number;
  /** 'Stage/Action' -> names and digests of what its latest attempt made. */
  outputArtifacts: Record<string, string[]>;
}

export function outcomeOf(state: ExecutionState): RecordedOutcome {
  const actions = state.stages.flatMap((stage) => stage.actions.filter((action) => action !== undefined));
  const placeOf = (action: { stageName: string; actionName: string }) => `${action.stageName}/${action.actionName}`;
  return {
    status: state.status ?? '',
    stages: Object.fromEntries(
      state.stages.map((stage) => [stage.stageName, `${stage.status ?? 'never entered'} (${stage.attempt})`]),
    ),
    actions: Object.fromEntries(
      actions.map((action) => [placeOf(action), attemptsOf(action).map((attempt) => attempt.status)]),
    ),
    duration: state.finishedMono ?? 0,
    outputArtifacts: Object.fromEntries(
      actions.map((action) => [placeOf(action), action.outputArtifacts.map(({ name, digest }) => `${name} ${digest}`)]),
    ),
  };
}
