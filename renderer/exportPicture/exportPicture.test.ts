import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { palettes } from './palette.ts';
import { sceneOf } from './scene.ts';
import { scenePdf } from './scenePdf.ts';
import { sceneSvg } from './sceneSvg.ts';

const hostile = [
  '<script>window.canary=1</script>',
  '"><svg onload=alert(1)>',
  ']]><!--',
  '</text><image href="http://example.com/x"/>',
  '\u0000\u0008\u202e\ud800',
  "' style='background:url(//x)",
];

function hostilePipeline(text: string): PipelineDeclaration {
  const pipeline = completePipeline();
  pipeline.name = text;
  pipeline.stages[0]!.name = text;
  pipeline.stages[1]!.actions[0]!.name = text;
  pipeline.stages[0]!.actions[0]!.configuration!.FullRepositoryId = text;
  pipeline.stages[0]!.actions[0]!.actionTypeId.category = text as 'Source';
  return pipeline;
}

describe('a picture', () => {
  it('names every stage and action, in both themes', () => {
    const pipeline = completePipeline();
    for (const theme of ['light', 'dark'] as const) {
      const svg = sceneSvg(sceneOf(pipeline, theme));
      for (const { name, actions } of pipeline.stages)
        for (const shown of [name, ...actions.map((action) => action.name)]) expect(svg).toContain(`>${shown}<`);
      expect(svg).toContain(palettes[theme].canvas);
    }
  });

  it.each(hostile)('keeps a name that is %j plain text', (text) => {
    const svg = sceneSvg(sceneOf(hostilePipeline(text), 'light'));
    const page = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(page.querySelector('parsererror')).toBeNull();
    const kinds = new Set([...page.querySelectorAll('*')].map(({ nodeName }) => nodeName));
    expect([...kinds].sort()).toEqual(['path', 'rect', 'svg', 'text', 'title']);
    for (const element of page.querySelectorAll('*'))
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on|href|style|src/);
    expect(page.querySelector('title')?.textContent).toBe(text.replace(/[\u0000\u0008\u202e\ud800]/g, ''));
  });

  it('cuts what has no room and says so', () => {
    const pipeline = completePipeline();
    pipeline.stages[0]!.name = 'W'.repeat(100);
    const svg = sceneSvg(sceneOf(pipeline, 'light'));
    expect(svg).toMatch(/>W{5,20}…</);
  });
});

describe('a picture as PDF', () => {
  it.each([...hostile, '(unbalanced \\', 'endstream endobj'])('says where each object begins, for %j', (text) => {
    const file = scenePdf(sceneOf(hostilePipeline(text), 'dark'));
    expect([...file].every((letter) => letter.charCodeAt(0) < 256)).toBe(true);
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
    expect(file.slice(start, start + 5)).toBe('xref\n');
    const offsets = [...file.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets).toHaveLength(7);
    for (const [index, offset] of offsets.entries())
      expect(file.slice(offset, offset + 8)).toBe(`${index + 1} 0 obj\n`.slice(0, 8));
    const length = Number(/\/Length (\d+)/.exec(file)?.[1]);
    const stream = file.indexOf('stream\n') + 7;
    expect(file.slice(stream + length, stream + length + 10)).toBe('\nendstream');
    expect(file.slice(stream, stream + length)).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('holds its text as text', () => {
    const file = scenePdf(sceneOf(completePipeline(), 'light'));
    expect(file).toContain('(shop-web) Tj');
    expect(file).toContain('(Lint) Tj');
  });
});
