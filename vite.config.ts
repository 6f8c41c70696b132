import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The console ships React's and Ant Design's production builds, whoever calls: a test run's NODE_ENV says something else.
process.env.NODE_ENV = 'production';

/** The console's build: `vite build` writes dist/web, which the API serves. */
export default defineConfig({
  root: 'apps/web',
  plugins: [react()],
  resolve: { alias: [{ find: /^zod$/, replacement: fileURLToPath(new URL('apps/web/src/shared/zod.ts', import.meta.url)) }] },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // No inlined data: addresses for scripts or fonts, so that the content security policy needs no exception for them.
    assetsInlineLimit: 0,
    // Chromium, Edge and 360 in the county offices of the last three years.
    target: 'es2022',
    // What counts is the first load, which the browser tests hold to 350 kB gzip.
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? 3000}` } },
});
