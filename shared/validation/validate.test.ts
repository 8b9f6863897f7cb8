import { describe, expect, it } from 'vitest';
import { action, approvals, codeBuild, configure } from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { validate } from './validate.ts';

describe('validation', () => {
  it('finds no problem in a valid pipeline that uses every feature', () => {
    expect(validate(completePipeline())).toEqual([]);
  });

  it('P-017: a pipeline has at most 1,000 actions', () => {
    const pipeline = completePipeline();
    for (let n = 0; n < 21; n++) pipeline.stages.push({ name: `S${n}`, actions: approvals(50) });
    expect(validate(pipeline).map(({ code }) => code)).toEqual(['action.too-many']);
  });

  it('T-007: triggers have at most 200 KB together', () => {
    const pipeline = completePipeline();
    const [first] = pipeline.triggers!;
    const includes = Array.from({ length: 8 }, (_, n) => `${n}${'x'.repeat(250)}`);
    const push = [0, 1, 2].map((n) => ({
      branches: { includes: includes.map((text) => n + text), excludes: includes },
    }));
    pipeline.triggers = Array.from({ length: 20 }, () => ({
      ...first!,
      gitConfiguration: { sourceActionName: 'App', push },
    }));
    expect(validate(pipeline).map(({ code }) => code)).toContain('trigger.too-large');
  });

  it('A-002: a custom type is not questioned', () => {
    const pipeline = completePipeline();
    const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Ours', version: '3' } as const;
    pipeline.stages[1]!.actions.push(codeBuild('Ours', { actionTypeId, configuration: { Any: 'thing' } }));
    expect(validate(pipeline)).toEqual([]);
  });

  it('does not judge values that are only known when the action starts', () => {
    const pipeline = completePipeline();
    configure(pipeline, 'Build/Lint', {
      PrimarySource: '#{Src.X}',
      EnvironmentVariables: '#{Src.BranchName}',
      BatchEnabled: '#{Src.BranchName}',
    });
    expect(validate(pipeline).filter(({ code }) => code.startsWith('configuration'))).toEqual([]);
  });

  it('collects everything that is wrong', () => {
    const pipeline = completePipeline();
    action(pipeline, 'Deploy/Upload').inputArtifacts = [{ name: 'gone' }];
    action(pipeline, 'Build/Lint').configuration = { Nonsense: 'x' };
    pipeline.roleArn = 'nobody';
    expect(validate(pipeline).map(({ code }) => code)).toEqual([
      'shape.pattern',
      'artifact.not-produced',
      'configuration.missing',
      'configuration.unknown-key',
    ]);
  });

  it('never throws, whatever it is given', () => {
    const pieces = [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      [null],
      [{}],
      { stages: [{}] },
      { stages: [{ name: 'A', actions: [{ name: 'B' }] }] },
    ];
    for (const piece of pieces) {
      expect(validate(piece as never).length).toBeGreaterThan(0);
      for (const key of Object.keys(completePipeline())) {
        expect(() => validate({ ...completePipeline(), [key]: piece } as never)).not.toThrow();
      }
      const pipeline = completePipeline();
      for (const key of Object.keys(pipeline.stages[1]!.actions[0]!)) {
        const broken = structuredClone(pipeline);
        Object.assign(broken.stages[1]!.actions[0]!, { [key]: piece });
        expect(() => validate(broken)).not.toThrow();
      }
      for (const key of ['beforeEntry', 'onSuccess', 'onFailure']) {
        const broken = structuredClone(pipeline);
        Object.assign(broken.stages[2]!, { [key]: piece });
        expect(() => validate(broken)).not.toThrow();
      }
    }
  });
});
