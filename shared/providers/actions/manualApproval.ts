import { ActionFailure } from '../host.ts';
import { defineProvider } from '../provider.ts';

const DEFAULT_TIMEOUT_MINUTES = 10080; // 7 d

export const manualApproval = defineProvider({
  actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
  label: 'Manual approval',
  shortLabel: 'Approval',
  help: 'Wait until a person approves or rejects.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 0], outputs: [0, 0] },
  timeoutMinutes: DEFAULT_TIMEOUT_MINUTES,
  timeoutConfigurable: true,
  configuration: {
    NotificationArn: {
      label: 'SNS topic ARN',
      type: 'arn',
      placeholder: 'arn:aws:sns:eu-west-1:111122223333:approvals',
      help: 'Tell the subscribers of this topic that an approval waits.',
    },
    ExternalEntityLink: {
      label: 'Link for the reviewer',
      type: 'string',
      placeholder: 'https://example.com/review',
      help: 'Show the reviewer this address.',
    },
    CustomData: {
      label: 'Comment for the reviewer',
      type: 'string',
      placeholder: 'Release #{variables.version}?',
      help: 'Tell the reviewer what to look at.',
    },
  },
  outputVariables: [],
  summaryKeys: ['CustomData'],
  local: { fidelity: 'real', note: 'Waits for your answer on the card; no notification is sent.' },
  async run({ configuration, action, host }) {
    if (configuration.NotificationArn) host.log('No notification is sent in a local run.');
    const { status, summary } = await host.approval({
      customData: configuration.CustomData,
      externalEntityLink: configuration.ExternalEntityLink,
      timeoutMinutes: action.timeoutInMinutes ?? DEFAULT_TIMEOUT_MINUTES,
    });
    if (status === 'Rejected') {
      throw new ActionFailure('Rejected', summary || 'Rejected.', 'Retry the stage to ask for approval again.');
    }
    return { summary: summary || 'Approved.' };
  },
});
