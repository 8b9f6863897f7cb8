import { createHistory } from '../createHistory.ts';
import { sketchStarted } from './sketchStarted.ts';

/** A host that appends to one journal until it is killed; prints the sequence number of each record once it is acknowledged. */
const [dataDirectory = ''] = process.argv.slice(2);
const history = createHistory({ dataDirectory });
const known = await history.unfinished();
if (known.length === 0) {
  await history.append('e-1', [sketchStarted]);
}
for (;;) {
  // Two appends at once, so that some share a sync.
  const both = await Promise.all(
    ['a', 'b'].map((reason) => history.append('e-1', [{ type: 'StopRequested', abandon: false, reason }])),
  );
  process.stdout.write(`${both.flat().at(-1)?.seq}\n`);
}
