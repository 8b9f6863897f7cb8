import { stringify } from 'yaml';
import { layoutPipeline } from '../renderer/canvas/layout.ts';
import { tabOf } from '../renderer/state/documentTab.ts';
import { withTyping } from '../renderer/state/typing.ts';
import { emptySidecar } from '../shared/model/sidecar.ts';
import { pipelineOf } from '../shared/testing/pipelineOf.ts';

/**
 * From a key press in the text to a declaration that is laid out, without drawing: the aim is 50 ms of processor time. One letter of the
 * last action's name is typed over and over: in a text that can be read, and in one whose first action cannot. p95 of all presses.
 */
export async function run({ json }: { json: boolean }): Promise<void> {
  const rows = [10, 100, 550, 1000].flatMap((actions) =>
    (['json', 'yaml'] as const).flatMap((format) =>
      [false, true].map((hasFault) => ({ actions, format, fault: hasFault, ...measure(actions, format, hasFault) })),
    ),
  );
  if (json) console.log(JSON.stringify(rows));
  else console.table(rows);
}

const PRESSES = 40;

function measure(actions: number, format: 'json' | 'yaml', hasFault: boolean) {
  const perStage = Math.min(50, Math.max(1, Math.ceil(actions / 20)));
  const stages: Record<string, string[]> = { Source: ['App'] };
  for (let made = 1, stage = 1; made < actions; stage += 1) {
    const count = Math.min(perStage, actions - made);
    stages[`Stage${stage}`] = Array.from({ length: count }, (_, index) => `Action${made + index}`);
    made += count;
  }
  const value = { pipeline: pipelineOf(stages) };
  const text = format === 'json' ? JSON.stringify(value, null, 2) : stringify(value);
  let tab = tabOf({ documentId: 'd', path: '', name: 'd', format, text, sidecar: emptySidecar(), problems: [] });
  if (hasFault) tab = withTyping(tab, text.replace('App', 'App": ["'));
  const at = tab.text.lastIndexOf(`Action${actions - 1}`) + 6;
  const times: number[] = [];
  for (let press = 0; press < PRESSES; press += 1) {
    const typed = `${tab.text.slice(0, at)}x${tab.text.slice(at)}`;
    const start = process.cpuUsage();
    tab = withTyping(tab, typed);
    if (tab.lastGood) layoutPipeline(tab.lastGood);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  const round = (ms: number) => Math.round(ms * 10) / 10;
  return {
    'KB of text': Math.round(text.length / 1024),
    'median ms': round(times[PRESSES >> 1]!),
    'p95 ms': round(times[Math.floor(PRESSES * 0.95)]!),
  };
}
