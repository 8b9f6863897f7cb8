import { scriptedOutcome } from '../common/bindings.ts';
import { defineProvider } from '../provider.ts';
import { simulate } from '../simulate.ts';

export const alexaSkillsKit = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'ThirdParty', provider: 'AlexaSkillsKit', version: '1' },
  label: 'Alexa Skills Kit',
  shortLabel: 'Alexa skill',
  help: 'Update an Alexa skill.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [1, 2], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ClientId: {
      label: 'Client id',
      type: 'string',
      required: 'always',
      help: 'Give the Login with Amazon client id.',
    },
    ClientSecret: {
      label: 'Client secret',
      type: 'secret',
      required: 'always',
      help: 'Give the secret of that client; AWS shows it as ****.',
    },
    RefreshToken: {
      label: 'Refresh token',
      type: 'secret',
      required: 'always',
      help: 'Give a refresh token of the skill’s owner; AWS shows it as ****.',
    },
    SkillId: {
      label: 'Skill id',
      type: 'string',
      required: 'always',
      placeholder: 'amzn1.ask.skill.…',
      help: 'Give the id of the skill.',
    },
  },
  outputVariables: [],
  summaryKeys: ['SkillId'],
  local: { fidelity: 'simulated', note: 'No skill is updated.', binding: scriptedOutcome },
  run(run) {
    const { configuration } = run;
    return simulate(run, { wouldDo: `update skill ${configuration.SkillId}` });
  },
});
