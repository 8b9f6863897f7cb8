import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { mutatePipeline, randomFrom } from '../../shared/testing/mutatePipeline.ts';
import { validate } from '../../shared/validation/validate.ts';
import { problemMarks, textPlaces } from './textPlaces.ts';

/** Pipelines with all sorts of problems. */
const broken: PipelineDeclaration[] = Array.from({ length: 60 }, (_, seed) => {
  const pipeline = completePipeline();
  const random = randomFrom(seed + 1);
  for (let count = 0; count < 4 && pipeline.stages.length > 0; count += 1) mutatePipeline(pipeline, random);
  return pipeline;
});

describe.each(['json', 'yaml'] as const)('in a %s text', (format) => {
  it('every problem of the list stands in a line of what it is about', () => {
    const codes = new Set<string>();
    for (const pipeline of broken) {
      const text = format === 'json' ? JSON.stringify({ pipeline }, null, 2) : stringify({ pipeline });
      const read = parseDocument(text, format).pipeline!;
      const places = textPlaces(text, format);
      for (const problem of validate(read)) {
        const [mark] = problemMarks([problem], read, places, () => -1);
        codes.add(problem.code);
        expect(mark, `${problem.code} in ${problem.where}`).toBeDefined();
        const place = places.rangeOf(read, problem.where)!;
        expect(mark!.offset).toBeGreaterThanOrEqual(place.from);
        expect(mark!.to).toBeLessThanOrEqual(place.to);
        expect(mark!.problem).toBe(problem);
      }
    }
    expect(codes.size).toBeGreaterThan(12);
  });
});
