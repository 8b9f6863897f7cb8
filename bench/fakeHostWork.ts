import '../renderer/app/noEval.ts';
import { fakeBridge } from '../renderer/testing/fakeBridge.ts';

// The in-memory host that bench/canvas.ts puts into the page, under a name that its next script finds.
Object.assign(window, { makeFakeHost: fakeBridge });
