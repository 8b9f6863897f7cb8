import { existsSync, readFileSync } from 'node:fs';
import type { PhaseName } from '../../../shared/buildspec/buildspec.ts';

/** What the script of a build left behind (buildScript.ts says how it writes). */
export interface BuildResults {
  /** The script came to its end; otherwise something ended its shell. */
  isComplete: boolean;
  isSucceeded: boolean;
  phases: PhaseResult[];
  /** The last command that began, where the script notes that. */
  lastStep?: number;
  exported: Map<string, string>;
  forArtifacts: Map<string, string>;
}

export interface PhaseResult {
  name: PhaseName;
  state: 'SUCCEEDED' | 'FAILED';
  /** Of the failing command. */
  step?: number;
  exitStatus?: number;
}

/** Reads the results; files that are missing or cut short read as an incomplete build, never as a success. */
export function readResults(phasesPath: string, exportsPath: string): BuildResults {
  const results: BuildResults = {
    isComplete: false,
    isSucceeded: false,
    phases: [],
    exported: new Map(),
    forArtifacts: new Map(),
  };
  const lines = readIfThere(phasesPath).split('\n');
  lines.pop(); // a line counts only with its newline
  for (const line of lines) {
    const [first = '', second = '', third = '', , step = '', status = ''] = line.split('\t');
    if (first === 'AT') results.lastStep = Number(second);
    else if (first === 'END') {
      results.isComplete = true;
      results.isSucceeded = second === 'SUCCEEDED' && third === '0';
    } else if (second === 'SUCCEEDED' || second === 'FAILED') {
      results.phases.push({
        name: first as PhaseName,
        state: second,
        ...(step === '' ? {} : { step: Number(step), exitStatus: Number(status) }),
      });
    }
  }
  const entries = readIfThere(exportsPath).split('\0');
  entries.pop();
  for (const entry of entries) {
    const equals = entry.indexOf('=');
    const target = entry.startsWith('e') ? results.exported : results.forArtifacts;
    target.set(entry.slice(1, equals), entry.slice(equals + 1));
  }
  return results;
}

function readIfThere(path: string): string {
  if (!existsSync(path)) return ''; // the usual case for exports, and much cheaper than an error
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
