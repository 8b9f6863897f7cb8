import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undo } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { actionNow, chooseTab, inspect, open, pipelineNow, tabNow, type } from './testing/inspected.tsx';
import { aws, shopPipeline } from './testing/shopPipeline.ts';

beforeEach(() => open(shopPipeline));
afterEach(cleanup);

const typed = (field: HTMLInputElement | HTMLTextAreaElement, text: string) => {
  field.focus();
  fireEvent.change(field, { target: { value: text, selectionStart: text.length, selectionEnd: text.length } });
  field.setSelectionRange(text.length, text.length);
  fireEvent.select(field);
};

describe('completion of variables', () => {
  const project = () => screen.getByLabelText<HTMLInputElement>('Project');

  it('lists what is in sight once #{ is typed, with why the rest is not', () => {
    inspect('Build/Compile');
    typed(project(), '#{');
    const list = screen.getByRole('listbox', { name: 'Variables' });
    const options = within(list).getAllByRole('option');
    expect(options.map((one) => one.textContent)).toContain('#{variables.TARGET}Pipeline variables · Default: beta');
    expect(options.at(-1)?.textContent).toMatch(/Made.*An action cannot use its own variables/);
    expect(options.at(-1)?.getAttribute('aria-disabled')).toBe('true');
  });

  it('narrows with every letter, takes the chosen one with Enter, and commits nothing before that', () => {
    inspect('Build/Compile');
    typed(project(), 'a-#{src.commiti');
    expect(within(screen.getByRole('listbox')).getAllByRole('option')).toHaveLength(1);
    fireEvent.keyDown(project(), { key: 'Enter' });
    expect(project().value).toBe('a-#{Src.CommitId}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(tabNow().undo).toHaveLength(0);
    fireEvent.blur(project());
    expect(actionNow('Compile').configuration?.ProjectName).toBe('a-#{Src.CommitId}');
  });

  it('is chosen from by arrows and closed by Escape, which keeps what was typed', () => {
    inspect('Build/Compile');
    typed(project(), '#{variables.');
    const chosen = () => document.getElementById(project().getAttribute('aria-activedescendant')!)?.textContent;
    expect(chosen()).toMatch(/TARGET/);
    fireEvent.keyDown(project(), { key: 'ArrowDown' });
    expect(chosen()).toMatch(/SIZE/);
    fireEvent.keyDown(project(), { key: 'Escape' });
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(project().value).toBe('#{variables.');
  });

  it('marks each reference of a field, and leads to the action that produces it', () => {
    inspect('Build/Compile');
    type(project(), 'x#{Src.BranchName}y#{Gone.X}z#{variables.NONE}');
    const references = screen.getByRole('list', { name: 'References' });
    const states = within(references)
      .getAllByRole('button')
      .map((one) => one.getAttribute('data-state'));
    expect(states).toEqual(['known', 'unknown', 'unknown']);
    fireEvent.click(within(references).getByRole('button', { name: /^#\{Src.BranchName\} is produced before/ }));
    expect(tabNow().selection).toBe('Source/App');
  });
});

describe('renaming in the inspector', () => {
  it('lists who uses an artifact, leads there, and every use follows in one step', () => {
    inspect('Build/Compile');
    const uses = screen.getByRole('list', { name: 'Uses of artifact Dist' });
    expect(uses.textContent).toBe('Build / Deployinput artifact, TemplatePath');
    const before = tabNow().text;
    type(screen.getByLabelText('Output artifact 1'), 'Site');
    expect(actionNow('Deploy')).toMatchObject({
      inputArtifacts: [{ name: 'Site' }],
      configuration: { TemplatePath: 'Site::t.yml' },
    });
    expect(tabNow().undo).toHaveLength(1);
    undo('d');
    expect(tabNow().text).toBe(before);
  });

  it('a pipeline variable renames its references', () => {
    inspect('');
    chooseTab(/^Variables/);
    expect(screen.getByRole('list', { name: 'Uses of variable TARGET' })).toBeTruthy();
    type(screen.getAllByLabelText('Name')[0]!, 'STAGE');
    expect(actionNow('Compile').configuration?.ProjectName).toBe('shop-#{variables.STAGE}');
    expect(tabNow().undo.map(({ label }) => label)).toEqual(['Rename variable TARGET to STAGE']);
    chooseTab(/^Pipeline/);
  });
});

describe('the type of an action', () => {
  const choose = (key: string) => fireEvent.change(screen.getByLabelText('Action type'), { target: { value: key } });

  it('is switched and switched back without a loss', () => {
    open(shopPipeline, { bindings: { 'Build/Compile': { kind: 'project', buildspec: 'ci.yml' } } });
    const before = actionNow('Compile');
    inspect('Build/Compile');
    choose('Approval/AWS/Manual/1');
    expect(actionNow('Compile').configuration).toBeUndefined();
    expect(actionNow('Compile').inputArtifacts).toBeUndefined();
    expect(tabNow().sidecar.bindings).toEqual({});
    choose('Build/AWS/CodeBuild/1');
    expect(actionNow('Compile')).toEqual(before);
    expect(tabNow().sidecar.bindings).toEqual({ 'Build/Compile': { kind: 'project', buildspec: 'ci.yml' } });
  });

  it('keeps what both types know, and outputs that others take', () => {
    inspect('Build/Compile');
    choose('Test/AWS/CodeBuild/1');
    expect(actionNow('Compile').configuration).toMatchObject({ BatchEnabled: 'true' });
    choose('Approval/AWS/Manual/1');
    expect(actionNow('Compile').outputArtifacts).toEqual([{ name: 'Dist' }]);
  });

  it('of the first stage can only be a source', () => {
    inspect('Source/App');
    const groups = [...screen.getByLabelText('Action type').querySelectorAll('optgroup')];
    expect(groups.filter(({ disabled }) => !disabled).map(({ label }) => label)).toEqual(['Source']);
  });
});

describe('the JSON of the selection', () => {
  const edit = (text: string) => fireEvent.change(screen.getByLabelText(/^JSON of/), { target: { value: text } });

  it('is taken over as one step, and only the changed lines change', () => {
    inspect('Build/Deploy');
    chooseTab(/^JSON/);
    const before = tabNow().text;
    edit(JSON.stringify({ ...actionNow('Deploy'), region: 'eu-west-1' }));
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(actionNow('Deploy').region).toBe('eu-west-1');
    expect(tabNow().undo.map(({ label }) => label)).toEqual(['Edit the JSON of Deploy']);
    const changed = tabNow()
      .text.split('\n')
      .filter((line) => !before.includes(line.replace(/,$/, '')));
    expect(changed.join('').trim()).toBe('"region": "eu-west-1"');
    chooseTab(/^Configuration/);
  });

  it('that is none, or breaks a rule, says so and what is no JSON cannot be applied', () => {
    inspect('Build/Deploy');
    chooseTab(/^JSON/);
    edit('{"name": ');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Apply' }).disabled).toBe(true);
    edit(JSON.stringify({ ...actionNow('Deploy'), runOrder: 1000 }));
    expect(screen.getByText(/^runOrder: /)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(tabNow().undo).toHaveLength(0);
    chooseTab(/^Configuration/);
  });

  it('with another name moves the selection along, and a taken name is refused', () => {
    inspect('Build/Deploy');
    chooseTab(/^JSON/);
    edit(JSON.stringify({ ...actionNow('Deploy'), name: 'Compile' }));
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(useUi.getState().notices.at(-1)?.text).toMatch(/already has an action "Compile"/);
    edit(JSON.stringify({ ...actionNow('Deploy'), name: 'Stack' }));
    fireEvent.click(screen.getByRole('button', { name: 'Apply' }));
    expect(tabNow().selection).toBe('Build/Stack');
    chooseTab(/^Configuration/);
  });
});

describe('the triggers of a pipeline', () => {
  it('are added, filtered and tried out: the pattern that matches is named', () => {
    inspect('');
    chooseTab(/^Triggers/);
    fireEvent.click(screen.getByRole('button', { name: 'Add a trigger for App' }));
    const git = () => pipelineNow().triggers?.[0]?.gitConfiguration;
    expect(git()).toEqual({ sourceActionName: 'App', push: [{ branches: { includes: ['main'] } }] });
    type(screen.getByLabelText('Add branches: include'), 'release/**');
    type(screen.getByLabelText('Add branches: exclude'), 'release/old');
    expect(git()?.push?.[0]?.branches).toEqual({ includes: ['main', 'release/**'], excludes: ['release/old'] });

    const tester = screen.getByLabelText('Try a branch');
    const verdict = () => document.getElementById(tester.getAttribute('aria-describedby')!)?.textContent;
    fireEvent.change(tester, { target: { value: 'release/1/hot' } });
    expect(verdict()).toMatch(/^Passes.*matches the include "release\/\*\*"/);
    fireEvent.change(tester, { target: { value: 'release/old' } });
    expect(verdict()).toMatch(/^Does not pass.*an exclude wins/);
    expect(tabNow().undo).toHaveLength(3);
  });

  it('take only combinations that AWS takes', () => {
    open({
      ...shopPipeline,
      triggers: [
        {
          providerType: 'CodeStarSourceConnection',
          gitConfiguration: { sourceActionName: 'App', push: [{ branches: { includes: ['dev'] } }] },
        },
      ],
    });
    inspect('');
    chooseTab(/^Triggers/);
    const push = () => pipelineNow().triggers?.[0]?.gitConfiguration.push?.[0];
    const looks = () => screen.getByLabelText('It looks at');
    fireEvent.change(looks(), { target: { value: 'branches+files' } });
    expect(push()).toEqual({ branches: { includes: ['dev'] }, filePaths: { includes: ['**'] } });
    fireEvent.change(looks(), { target: { value: 'tags' } });
    expect(push()).toEqual({ tags: { includes: ['v*'] } });
    fireEvent.click(screen.getByRole('button', { name: 'Add pull request filter' }));
    fireEvent.click(screen.getByRole('checkbox', { name: /^merged or closed/ }));
    expect(pipelineNow().triggers?.[0]?.gitConfiguration.pullRequest).toEqual([
      { branches: { includes: ['main'] }, events: ['CLOSED'] },
    ]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove pull request filter 1' }));
    fireEvent.click(screen.getByRole('button', { name: 'Remove trigger' }));
    expect(pipelineNow().triggers).toBeUndefined();
    chooseTab(/^Pipeline/);
  });
});

describe('the artifact store', () => {
  it('becomes one for each region and one for all again, its key kept', () => {
    inspect('');
    type(screen.getByLabelText(/^Encryption key/), 'alias/artifacts');
    expect(pipelineNow().artifactStore?.encryptionKey).toEqual({ id: 'alias/artifacts', type: 'KMS' });
    type(screen.getByLabelText(/^Region of this store/), 'eu-west-1');
    expect(pipelineNow().artifactStore).toBeUndefined();
    type(screen.getByLabelText(/^Add a store for region/), 'us-east-1');
    const second = screen.getByRole('region', { name: 'Artifact store of us-east-1' });
    type(within(second).getByLabelText('Bucket'), 'bucket-us');
    expect(pipelineNow().artifactStores).toMatchObject({
      'eu-west-1': { location: 'bucket', encryptionKey: { id: 'alias/artifacts' } },
      'us-east-1': { type: 'S3', location: 'bucket-us' },
    });
    fireEvent.click(screen.getByRole('button', { name: 'Remove the store of us-east-1' }));
    fireEvent.click(screen.getByRole('button', { name: 'Use the store of eu-west-1 for all' }));
    expect(pipelineNow().artifactStore?.location).toBe('bucket');
    expect(pipelineNow().artifactStores).toBeUndefined();
  });
});

describe('the local stand-in', () => {
  it('of commands says nothing of a buildspec', () => {
    open({
      ...shopPipeline,
      stages: [
        {
          name: 'Build',
          actions: [{ name: 'Make', actionTypeId: aws('Compute', 'Commands'), commands: ['make'] }],
        },
      ],
    });
    inspect('Build/Make');
    chooseTab(/^Local/);
    expect(screen.queryByLabelText(/^Buildspec/)).toBeNull();
    expect(screen.getByRole('group', { name: /^Environment of the commands/ })).toBeTruthy();
    chooseTab(/^Configuration/);
  });

  it('of an emulated action is none until a scripted result is chosen', () => {
    inspect('Build/Deploy');
    chooseTab(/^Local/);
    const stand = screen.getByLabelText('In a local run it is a');
    expect(screen.queryByLabelText('It ends')).toBeNull();
    fireEvent.change(stand, { target: { value: 'simulation' } });
    expect(tabNow().sidecar.bindings['Build/Deploy']).toEqual({ kind: 'simulation' });
    fireEvent.change(screen.getByLabelText('It ends'), { target: { value: 'Failed' } });
    fireEvent.change(screen.getByLabelText('It ends'), { target: { value: 'Succeeded' } });
    expect(tabNow().sidecar.bindings['Build/Deploy']).toEqual({ kind: 'simulation' });
    chooseTab(/^Configuration/);
  });
});

describe('a JSON field', () => {
  it('is laid out and put on one line again, and says what is no JSON', () => {
    inspect('Build/Deploy');
    const overrides = () => screen.getByLabelText<HTMLTextAreaElement>('Parameter overrides optional');
    fireEvent.click(screen.getByRole('button', { name: 'Parameter overrides: edit as text' }));
    type(overrides(), '{"a":{"Fn::GetParam":["Dist","x.json","y"]}}');
    fireEvent.click(screen.getByRole('button', { name: 'Parameter overrides: lay out' }));
    expect(actionNow('Deploy').configuration?.ParameterOverrides).toContain('\n  "a": {');
    type(overrides(), '{"a":');
    expect(screen.getByText(/^Not JSON/)).toBeTruthy();
  });
});
