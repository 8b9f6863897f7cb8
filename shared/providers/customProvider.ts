import { type ActionTypeId, actionTypeKey } from '../model/declaration.ts';
import {
  anyArtifacts,
  CUSTOM_TIMEOUT_MINUTES,
  jobWorkerService,
  runPartnerJob,
  simulatedService,
  simulatePartner,
} from './common/partner.ts';
import type { Provider } from './provider.ts';

/** One object for each id, so that a window may compare providers by identity. */
const made = new Map<string, Provider>();
const MOST_KEPT = 500;

/**
 * What a type outside the table gets: an action type of the user's account, or one that is newer than this program. Its
 * configuration is free text, nothing is checked that AWS has not published, and it runs simulated, or waits for a job worker.
 */
export function customProvider(
  actionTypeId: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>,
): Provider {
  const key = actionTypeKey(actionTypeId);
  const existing = made.get(key);
  if (existing) return existing;
  if (made.size >= MOST_KEPT) made.clear();
  const { category, owner, provider, version } = actionTypeId;
  const created: Provider = {
    actionTypeId: { category, owner, provider, version },
    label: version === '1' ? provider : `${provider} (version ${version})`,
    shortLabel: provider,
    help:
      owner === 'Custom'
        ? 'Hand a job to a custom action of your account.'
        : 'Penstock does not know this action type.',
    status: 'current',
    pipelineTypes: ['V1', 'V2'],
    crossRegion: owner === 'AWS' && category !== 'Source',
    artifacts: anyArtifacts,
    timeoutMinutes: CUSTOM_TIMEOUT_MINUTES,
    configuration: {},
    freeConfiguration: true,
    outputVariables: [],
    dynamicOutputVariables: 'Whatever the job worker of this action type returns.',
    ...(owner === 'AWS'
      ? { local: simulatedService(provider), run: simulatePartner(provider) }
      : { local: jobWorkerService(provider), run: runPartnerJob(provider) }),
  };
  made.set(key, created);
  return created;
}
