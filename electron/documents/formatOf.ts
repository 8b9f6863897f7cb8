import { extname } from 'node:path';
import type { DocumentFormat } from '../../shared/model/documentText.ts';

/** The format of a pipeline file, as its name says. */
export const formatOf = (path: string): DocumentFormat =>
  ['.yaml', '.yml'].includes(extname(path).toLowerCase()) ? 'yaml' : 'json';
