import type { Decision } from '../execution/decide.ts';
import { decide } from '../execution/decide.ts';
import type { ExecutionEvent, Happening } from '../execution/events.ts';
import { evolve, notStarted } from '../execution/evolve.ts';
import type { ExecutionState } from '../execution/executionState.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { type Outcome, type StartAction, simulate } from './simulate.ts';

export interface ExecutionOptions {
  /** Actions that fail, by name. */
  failing?: readonly string[];
  variables?: Record<string, string>;
  outcome?: (action: StartAction) => Outcome;
}

/** One execution whose actions end by themselves, one unit of time after they were started; it can be looked at on its way. */
export function executionOf(pipeline: PipelineDeclaration, options: ExecutionOptions = {}) {
  const outcome = (action: StartAction): Outcome => ({
    ...(options.failing?.includes(action.actionName) ? { status: 'Failed', outputArtifacts: [] } : {}),
    ...options.outcome?.(action),
  });
  const whole = (): readonly ExecutionEvent[] => {
    const simulation = simulate({ pipeline, outcome });
    simulation.start('E1', options.variables);
    simulation.clock.runToEnd();
    return simulation.log('E1');
  };
  return {
    /** The state right after the described event, e.g. 'StageStarted Build', and what is decided then. */
    until(description: string): { state: ExecutionState; next: () => string[] } {
      let state = notStarted;
      for (const event of whole()) {
        state = evolve(state, event);
        if (descriptionOf(event) === description) {
          const at = state;
          return { state: at, next: () => decide([at]).map(decisionText) };
        }
      }
      throw new Error(`"${description}" never happened.`);
    },
    toEnd: (): ExecutionState => whole().reduce(evolve, notStarted),
    log: whole,
  };
}

/** 'ActionStarted Build/Lint' */
const descriptionOf = (event: Happening): string => {
  const stage = 'stageName' in event ? ` ${event.stageName}` : '';
  return `${event.type}${stage}${'actionName' in event ? `/${event.actionName}` : ''}`;
};

const decisionText = (decision: Decision): string => {
  if (decision.do === 'record') return descriptionOf(decision.happening);
  if (decision.do !== 'startAction' && decision.do !== 'abandonAction') return `${decision.do} ${decision.stageName}`;
  const done = decision.do === 'startAction' ? 'ActionStarted' : 'ActionAbandoned';
  return `${done} ${decision.stageName}/${decision.actionName}`;
};
