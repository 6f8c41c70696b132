import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console's build: `vite build` writes dist/web, which the API serves. */
export default defineConfig({
  root: 'apps/web',
  plugins: [react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // No inlined data: addresses for scripts or fonts, so that the content security policy needs no exception for them.
    assetsInlineLimit: 0,
    // Chromium, Edge and 360 in the county offices of the last three years.
    target: 'es2022',
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env.PORT ?? 3000}` } },
});
