import type { ReportFormat } from '../reports/report.ts';

/**
 * A buildspec as CodeBuild reads it (reference/buildspec.md §2-§8), and what is wrong with it. Plain data: all names are Map
 * keys, because they come from a project and may be `__proto__`.
 */

export const phaseNames = ['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'] as const;
export type PhaseName = (typeof phaseNames)[number];

/** What happens after a failed phase (§4). Absent = the transitions of CodeBuild's own table. */
export type OnFailure =
  | { kind: 'ABORT' }
  | { kind: 'CONTINUE' }
  /** Starts the build again, at most `count` times, when the error message matches `pattern` (absent = any). */
  | { kind: 'RETRY'; count: number; pattern?: string };

export interface BuildspecPhase {
  name: PhaseName;
  commands: readonly string[];
  finally: readonly string[];
  onFailure?: OnFailure;
}

/** One block of the artifacts section; patterns are kept as written. */
export interface ArtifactsSpec {
  files: readonly string[];
  excludePaths: readonly string[];
  baseDirectory: string;
  discardPaths: boolean;
  enableSymlinks: boolean;
}

/** One report group (§9); patterns are kept as written. */
export interface ReportSpec {
  /** A plain name or an ARN; may hold variables. */
  name: string;
  format: ReportFormat;
  files: readonly string[];
  baseDirectory: string;
}

/** What is kept from build to build (§10). */
export interface CacheSpec {
  paths: readonly string[];
  /** May hold variables and `$(codebuild-hash-files <file>)`. Absent = one cache for the project. */
  key?: string;
  fallbackKeys: readonly string[];
  restores: boolean;
  saves: boolean;
}

export interface Buildspec {
  version: '0.1' | '0.2';
  shell: 'sh' | 'bash';
  variables: ReadonlyMap<string, string>;
  /** Variable name -> parameter name. */
  parameterStore: ReadonlyMap<string, string>;
  /** Variable name -> `secret-id:json-key:version-stage:version-id`. */
  secretsManager: ReadonlyMap<string, string>;
  exportedVariables: readonly string[];
  /** Runtime name -> version, as written. */
  runtimeVersions: ReadonlyMap<string, string>;
  /** Those that are present, in CodeBuild's order. */
  phases: readonly BuildspecPhase[];
  artifacts?: ArtifactsSpec;
  secondaryArtifacts: ReadonlyMap<string, ArtifactsSpec>;
  /** Absent when there are none. */
  reports?: readonly ReportSpec[];
  cache?: CacheSpec;
}
