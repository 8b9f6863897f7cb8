import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Three groups of specs: pure, Node and window. A spec sits beside the code it describes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'shared',
          include: ['shared/**/*.test.ts'],
          environment: 'node',
          // Pure functions leave nothing behind, so all specs share one set of loaded modules: a third of the time.
          pool: 'threads',
          isolate: false,
          // Limits against hanging, not measurements: a loaded machine may be ten times slower.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'electron',
          include: ['electron/**/*.test.ts', 'e2e/support/**/*.test.ts', 'scripts/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          include: ['renderer/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          testTimeout: 60_000,
        },
      },
    ],
  },
});
