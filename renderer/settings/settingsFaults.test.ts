import { expect, it, test } from 'vitest';
import { settingsFaults } from './settingsFaults.ts';

const fine = { profile: '', region: '', endpoint: '' };

it('settings may all be left empty', () => {
  expect(settingsFaults('', fine)).toEqual({});
  expect(settingsFaults('8', { profile: 'dev', region: 'us-gov-west-1', endpoint: 'http://127.0.0.1:4566' })).toEqual(
    {},
  );
});

test.each([
  ['slots', '65', fine],
  ['slots', '1.5', fine],
  ['slots', '-1', fine],
  ['region', '', { ...fine, region: 'Ireland' }],
  ['endpoint', '', { ...fine, endpoint: 'file:///etc/passwd' }],
  ['endpoint', '', { ...fine, endpoint: 'javascript:alert(1)' }],
] as const)('a wrong value is told at %s', (field, slots, aws) => {
  expect(Object.keys(settingsFaults(slots, aws))).toEqual([field]);
});
