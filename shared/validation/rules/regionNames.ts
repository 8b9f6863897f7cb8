import { nearest } from '../../model/nearest.ts';
import { regionNames as known, looksLikeRegion } from '../../model/regionNames.ts';
import { placeOfAction, type Rule } from '../ruleContext.ts';

/** V-011, and the same for Regions of actions: a name that no Region has. A warning, because AWS adds Regions. */
export const regionNames: Rule = (context) => {
  const judge = (region: string, place: { where: string; field?: string }) => {
    // What is shorter or longer than AWS takes has been said already.
    if (region.length < 4 || region.length > 30 || looksLikeRegion(region)) return;
    const meant = nearest(region, known);
    context.report({
      code: 'region.unknown',
      severity: 'warning',
      ...place,
      what: `"${region}" does not look like a Region of AWS.`,
      fix: meant ? `Write ${meant}, if that is meant.` : 'Write its code name, for example eu-west-1.',
    });
  };
  for (const region of Object.keys(context.pipeline.artifactStores ?? {})) {
    judge(region, { where: '', field: `artifactStores.${region}` });
  }
  for (const at of context.actions) {
    if (at.action.region !== undefined) judge(at.action.region, placeOfAction(context, at, 'region'));
  }
};
