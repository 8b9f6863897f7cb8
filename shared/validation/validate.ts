import type { PipelineDeclaration } from '../model/declaration.ts';
import type { Problem } from '../problem.ts';
import { findRuleType, knownProvider } from '../providers/table.ts';
import { contextOf, type ProviderLookup, type Rule } from './ruleContext.ts';
import { actionFields } from './rules/actionFields.ts';
import { actionTypes } from './rules/actionTypes.ts';
import { artifactStores } from './rules/artifactStores.ts';
import { artifacts } from './rules/artifacts.ts';
import { cloneReferences } from './rules/cloneReferences.ts';
import { conditions } from './rules/conditions.ts';
import { configuration } from './rules/configuration.ts';
import { namespaces } from './rules/namespaces.ts';
import { regionNames } from './rules/regionNames.ts';
import { regions } from './rules/regions.ts';
import { shape } from './rules/shape.ts';
import { stages } from './rules/stages.ts';
import { triggers } from './rules/triggers.ts';
import { variables } from './rules/variables.ts';

/** Every rule of reference/validation.md that can be judged from a declaration alone. */
const rules: readonly Rule[] = [
  stages,
  artifactStores,
  regions,
  regionNames,
  actionTypes,
  artifacts,
  cloneReferences,
  configuration,
  actionFields,
  namespaces,
  variables,
  conditions,
  triggers,
];

const table: ProviderLookup = { knownProvider, findRuleType };

/**
 * All problems of a pipeline, in the order of the declaration's parts. Errors are what AWS refuses when the pipeline is
 * created or updated (or what makes every run fail); warnings are what AWS takes but a person should look at. Never throws.
 */
export function validate(pipeline: PipelineDeclaration, providers: ProviderLookup = table): Problem[] {
  const { problems, isReadable } = shape(pipeline);
  // A value that never went through parseDocument may lack the structure that the other rules walk over.
  if (!isReadable) return problems;
  const context = contextOf(pipeline, providers, problems);
  for (const rule of rules) rule(context);
  return problems;
}
