import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostileGround } from '../../testing/hostileHarness.ts';
import { type EngineFixture, engineFixture, pipelineOf, run } from '../testing/engineFixture.ts';

/** What an earlier action says must not run in the shell that a person opens at a breakpoint. */
const ground = hostileGround();
let host: EngineFixture;
let root: string;
beforeAll(() => ground.enter());
afterAll(() => ground.leave());
beforeEach(() => {
  root = ground.place();
  host = engineFixture({ root });
});
afterEach(() => host.close());

/** Opens the shell of a paused action whose variable has this value, and answers what the shell sees of it. */
async function shellSees(value: string): Promise<string> {
  const pipeline = pipelineOf({
    Build: [run('Use', 'true', { environmentVariables: [{ name: 'TAG', value }] })],
  });
  const { pipelineExecutionId } = await host.run(pipeline, { breakpoints: { 'Build/Use': 'before' } });
  const { shellCommand } = await host.engine.handlers.inspectPaused({
    pipelineExecutionId,
    stageName: 'Build',
    actionName: 'Use',
  });
  return execFileSync('/bin/sh', ['-c', shellCommand], {
    env: { SHELL: '/bin/sh', PATH: process.env.PATH },
    input: 'printf %s "$TAG"\n',
    encoding: 'utf8',
  });
}

describe('EN the shell at a breakpoint', () => {
  it('EN-00 control: the same value runs where a shell reads it without quotes', () => {
    execFileSync('/bin/sh', ['-c', `TAG=${ground.fixture(`$(touch ${ground.fired})`)}`]);
    expect(existsSync(ground.fired)).toBe(true);
    execFileSync('/bin/sh', ['-c', `rm ${ground.fired}`]);
  });

  it.each([
    ['a substitution', () => `$(touch ${ground.fired})`],
    ['backquotes', () => `\`touch ${ground.fired}\``],
    ['an end of the quotes', () => `'; touch ${ground.fired}; '`],
    ['a second line', () => `one\ntouch ${ground.fired}\n`],
    ['a backslash and a quote', () => `\\'; touch ${ground.fired} #`],
  ])('EN-11 %s in a variable is text there', async (_, value) => {
    expect(await shellSees(ground.fixture(value()))).toBe(value());
    expect(existsSync(ground.fired)).toBe(false);
  });
});
