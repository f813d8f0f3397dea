import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Five pages, one build. Relative addresses, so that `app://`, `http://host/pos` and the centre's
 * `/office/` all find them.
 */
export default defineConfig({
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // The first browsers with `light-dark()`, which the design tokens are written with.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // A strict content security policy allows no inline script and no data: address.
    assetsInlineLimit: 0,
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    // The back office is one page with its charts, opened at a desk and kept open.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      input: {
        pos: 'pos.html',
        kitchen: 'kitchen.html',
        display: 'display.html',
        logs: 'logs.html',
        office: 'office.html',
      },
    },
  },
})
