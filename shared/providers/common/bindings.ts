import type { BindingNeed } from '../provider.ts';

/** The bindings that several action types ask for in the same words. */

export const localRepository: BindingNeed = {
  kinds: ['repository', 'folder'],
  required: true,
  question: 'Which local repository or folder is this source?',
};

export const buildProject: BindingNeed = {
  kinds: ['project'],
  required: false,
  question: 'Which environment and buildspec does this CodeBuild project have?',
};

export const scriptedOutcome: BindingNeed = {
  kinds: ['simulation'],
  required: false,
  question: 'How should this simulated action end?',
};
