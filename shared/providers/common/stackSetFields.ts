import type { Field } from '../provider.ts';

/** How a stack set operation spreads over accounts and Regions; the same for stack sets and stack instances. */

export const failureTolerancePercentage: Field = {
  label: 'Failure tolerance (%)',
  type: 'integer',
  placeholder: '0',
  help: 'Stop in a Region when more than this share of its accounts failed.',
};

export const maxConcurrentPercentage: Field = {
  label: 'Concurrent accounts (%)',
  type: 'integer',
  placeholder: '1',
  help: 'Work on at most this share of the accounts at once.',
};

export const regionConcurrencyType: Field = {
  label: 'Region order',
  type: 'enum',
  values: ['Sequential', 'Parallel'],
  default: 'Sequential',
  help: 'Deploy to the Regions one after another, or to all together.',
};

export const concurrencyMode: Field = {
  label: 'Concurrency after failures',
  type: 'enum',
  values: ['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'],
  default: 'STRICT_FAILURE_TOLERANCE',
  help: 'Slow down as accounts fail (strict), or keep the pace (soft).',
};

export const callAs: Field = {
  label: 'Act as',
  type: 'enum',
  values: ['SELF', 'DELEGATED_ADMIN'],
  default: 'SELF',
  help: 'With service-managed permissions: act as the management account or as a delegated administrator.',
};

export const stackSetVariables = [
  { name: 'StackSetId', help: 'Id of the stack set.' },
  { name: 'OperationId', help: 'Id of the stack set operation.' },
];
