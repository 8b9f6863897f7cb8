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
}
