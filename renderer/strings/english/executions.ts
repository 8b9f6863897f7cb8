import { plural } from '../strings.ts';

/** What renderer/executions says. */
export const executions = {
  list: 'Executions that run',
  run: (count: number) => plural(count, 'execution runs', 'executions run'),
  /** Where an execution is. */
  place: {
    transition: (stage: string) => `waits at the disabled transition into ${stage}`,
    lock: (stage: string) => `waits until it may enter ${stage}`,
    queue: (stage: string) => `waits in the queue for ${stage}`,
    expired: (stage: string) => `waited too long at ${stage}`,
    stopping: (stage: string) => `is being stopped in ${stage}`,
    begins: 'is about to begin',
    comes: (stage: string) => `comes to ${stage}`,
    paused: (stage: string) => `is paused in ${stage}`,
    left: (stage: string) => `has left ${stage}`,
    in: (stage: string) => `in ${stage}`,
  },
  origin: {
    fork: 'Fork',
    forkText: (stage: string) => `from ${stage}, with what an earlier execution produced.`,
    action: 'One action',
    actionText: (place: string) => `${place}, with the inputs of an earlier execution.`,
    rollback: 'Rollback',
    automated: (stage: string) => `of ${stage}, because another execution failed there.`,
    byHand: (stage: string) => `of ${stage}, asked for by hand.`,
    show: 'Show that execution',
    showTarget: 'Show the target',
    showCause: 'Show the cause',
  },
  rollback: {
    title: (stage: string) => `Roll back ${stage}`,
    cancel: 'Cancel',
    start: 'Roll back',
    starting: 'Starting …',
    about: (stage: string) =>
      `A new execution runs ${stage} again with the artifacts and variables that the chosen execution brought there. No other stage is run.`,
    looking: 'Looking for executions …',
    none: (stage: string) =>
      `No execution has succeeded in ${stage} with the present definition, so there is nothing to return to.`,
    targets: 'Execution to return to',
    noRevision: 'No revision',
  },
};
