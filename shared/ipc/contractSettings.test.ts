import { describe, expect, it, test } from 'vitest';
import { long, many } from '../testing/withValue.ts';
import { contract, settingsSchema } from './contract.ts';

const isPatch = (members: Record<string, unknown>) => contract.updateSettings.input.safeParse(members).success;

describe('the settings', () => {
  it('are complete where none were saved', () => {
    expect(settingsSchema.parse({})).toEqual({
      theme: 'system',
      slots: 0,
      aws: { profile: '', region: '', endpoint: '' },
      language: 'system',
      dismissedHints: [],
      textSize: 100,
      contrast: 'system',
      motion: 'system',
      groundDrag: 'select',
      singleKeys: true,
      keys: {},
    });
  });

  test.each<[members: Record<string, unknown>]>([
    [{ theme: 'dark' }],
    [{ slots: 64 }],
    [{ dismissedHints: many(50, 'h') }],
    [{ dismissedHints: [long(100)] }],
    [{ aws: { profile: long(200) } }],
    [{ aws: { region: 'eu-west-1' } }],
    [{ aws: { region: 'us-gov-west-1' } }],
    [{ aws: { region: 'ap-southeast-4' } }],
    [{ aws: { endpoint: 'http://127.0.0.1:4566' } }],
    [{ aws: { endpoint: 'https://codepipeline.eu-west-1.amazonaws.com' } }],
    [{ aws: {} }],
    [{ textSize: 200 }],
    [{ contrast: 'more', motion: 'reduce', singleKeys: false }],
    [{ groundDrag: 'pan' }],
    [{ keys: { 'file.save': ['Mod+Alt+s', 'F12'], 'pipeline.addAction': ['ö'], 'run.stop': [] } }],
    [{ keys: { 'file.open': ['Mod++', 'Ctrl+ ', 'Mod+Ctrl+Alt+Shift+ArrowLeft'] } }],
  ])('may have %j', (members) => {
    expect(settingsSchema.parse(members)).toMatchObject(members);
    expect(isPatch(members)).toBe(true);
  });

  test.each<[members: Record<string, unknown>]>([
    [{ theme: 'blue' }],
    [{ slots: -1 }],
    [{ slots: 65 }],
    [{ slots: 1.5 }],
    [{ slots: '2' }],
    [{ dismissedHints: many(51, 'h') }],
    [{ dismissedHints: [long(101)] }],
    [{ aws: { profile: long(201) } }],
    [{ aws: { region: 'Frankfurt' } }],
    [{ aws: { region: 'eu-west' } }],
    [{ aws: { region: 'eu-west-1/..' } }],
    [{ aws: { endpoint: 'file:///etc/passwd' } }],
    [{ aws: { endpoint: 'localhost:4566' } }],
    [{ aws: { endpoint: 'javascript:alert(1)' } }],
    [{ aws: null }],
    [{ textSize: 99 }],
    [{ textSize: 201 }],
    [{ contrast: 'less' }],
    [{ motion: 'none' }],
    [{ singleKeys: 1 }],
    [{ keys: { save: ['Mod+s'] } }],
    [{ keys: { 'file.save': 'Mod+s' } }],
    [{ keys: { 'file.save': ['Strg+s'] } }],
    [{ keys: { 'file.save': ['Shift+Mod+s'] } }],
    [{ keys: { 'file.save': ['ab'] } }],
    [{ keys: { 'file.save': [''] } }],
    [{ keys: { 'file.save': ['F1', 'F2', 'F3', 'F4', 'F6'] } }],
    [{ keys: Object.fromEntries(many(301, 'a').map((_, index) => [`file.a${index}`, []])) }],
  ])('never have %j', (members) => {
    expect(settingsSchema.safeParse(members).success).toBe(false);
    expect(isPatch(members)).toBe(false);
  });
});

describe('a change of settings', () => {
  test.each<[patch: Record<string, unknown>]>([
    [{}],
    [{ theme: 'dark' }],
    [{ slots: 2 }],
    [{ dismissedHints: ['drag'] }],
    [{ aws: { profile: 'work', region: 'eu-west-1', endpoint: '' } }],
    [{ theme: 'light', slots: 0 }],
  ])('%j says nothing of the others, which stay', (patch) => {
    expect(contract.updateSettings.input.parse(patch)).toEqual(patch);
  });

  it('of AWS is a change of all three of its parts', () => {
    expect(contract.updateSettings.input.parse({ aws: { region: 'eu-west-1' } })).toEqual({
      aws: { profile: '', region: 'eu-west-1', endpoint: '' },
    });
  });
});
