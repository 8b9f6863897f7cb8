import type { aws as english } from '../english/aws.ts';

export const aws: typeof english = {};
