import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Three bundles: main (desktop host; the CLI with the browser host), preload (one CommonJS file, as a sandboxed preload must
 * be) and the window. Everything but Electron itself is bundled, so that the built files run anywhere beside an
 * `electron` module, the stand-in of the end-to-end specs included.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        input: { main: 'electron/main.ts', penstock: 'electron/penstock.ts' },
        external: ['electron', 'bufferutil', 'utf-8-validate'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      emptyOutDir: true,
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4000,
      // Schemas must not be made before renderer/app/noEval.ts ran, whatever chunk they end up in.
      rolldownOptions: { input: 'renderer/index.html', output: { strictExecutionOrder: true } },
    },
  },
});
