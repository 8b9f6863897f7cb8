import { listed, placeOfAction, type Rule } from '../ruleContext.ts';

/**
 * P-009, P-011, P-012, and P-010 as far as it goes: where artifacts are kept. The pipeline's own Region is not in the
 * declaration, so whether artifactStores has it, and the part of P-012 that needs it, are AWS's to judge.
 */
export const artifactStores: Rule = (context) => {
  const { pipeline, actions, report } = context;
  const { artifactStore, artifactStores } = pipeline;
  if (artifactStore === undefined && artifactStores === undefined) {
    report({
      code: 'artifact-store.missing',
      where: '',
      field: 'artifactStore',
      what: 'The pipeline has no artifact store.',
      fix: 'Name the S3 bucket that keeps artifacts. A local run keeps them on this machine and never uses it.',
    });
    return;
  }
  if (artifactStore !== undefined && artifactStores !== undefined) {
    report({
      code: 'artifact-store.both',
      where: '',
      field: 'artifactStores',
      what: 'The pipeline has both artifactStore and artifactStores; AWS takes one of them.',
      fix: 'Keep artifactStore, or artifactStores when actions run in several Regions.',
    });
    return;
  }
  const abroad = actions.filter(({ action }) => action.region !== undefined);
  if (artifactStores) {
    if (Object.keys(artifactStores).length === 0 && abroad.length === 0) {
      report({
        code: 'artifact-store.empty',
        where: '',
        field: 'artifactStores',
        what: 'artifactStores names no Region; AWS wants a bucket for the pipeline’s own at least.',
        fix: 'Add the Regions with their buckets, or use artifactStore when all actions run in one.',
      });
      return;
    }
    for (const at of abroad) {
      if (Object.hasOwn(artifactStores, at.action.region!)) continue;
      report({
        code: 'artifact-store.region-missing',
        ...placeOfAction(context, at, 'region'),
        what: `The action runs in ${at.action.region}, where the pipeline has no artifact store (it has ${listed(Object.keys(artifactStores)) || 'none'}).`,
        fix: `Add a bucket for ${at.action.region} to artifactStores.`,
      });
    }
    return;
  }
  const [home] = abroad;
  const other = abroad.find(({ action }) => action.region !== home!.action.region);
  if (!home || !other) return;
  report({
    code: 'artifact-store.one-region',
    ...placeOfAction(context, other, 'region'),
    what: `Actions run in ${home.action.region} and ${other.action.region}, but a single artifactStore serves one Region only.`,
    fix: 'Replace artifactStore by artifactStores, with a bucket for each Region.',
  });
};
