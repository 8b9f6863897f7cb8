import type { ConditionType } from '../execution/events.ts';
import type { ActionHost, ActionOutcome, ActionRun } from './host.ts';

/** The states of a CloudWatch alarm. */
export const alarmStates = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;
export type AlarmState = (typeof alarmStates)[number];

/** One change of the local stand-in for an alarm. `at` in milliseconds since 1970. */
export interface AlarmChange {
  readonly state: AlarmState;
  readonly at: number;
}

/** What a rule's runner gets: the powers of an action's, and those that only rules need. */
export interface RuleHost extends ActionHost {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves when the date is reached, also after a restart or sleep; no thread is held. Milliseconds since 1970. */
  waitUntil(at: number): Promise<void>;
  /** Whether a JavaScript regular expression finds something in a text. Fails with an ActionFailure when that takes too long. */
  finds(expression: { source: string; flags: string }, text: string): Promise<boolean>;
  /** The changes of an alarm that the user set here, oldest first; empty when it never was. */
  alarm(name: string): readonly AlarmChange[];
  /** Resolves when the state of an alarm was set, or when the date is reached. */
  alarmChangedOr(at: number): Promise<void>;
}

/** What a rule's runner is given; `action` holds the rule's own members, with its variables resolved. */
export interface RuleRun<Key extends string = string> extends Omit<ActionRun<Key>, 'host'> {
  readonly conditionType: ConditionType;
  readonly host: RuleHost;
}

export type RuleOutcome = Pick<ActionOutcome, 'summary' | 'externalExecutionId' | 'externalExecutionUrl'>;
