import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const api = process.env["RCMS_API"] ?? "http://127.0.0.1:8080";

/** Three pages: the application; the hand-over on a device; the public verification page, which must stay small and shares no chunk
    with React. */
export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    sourcemap: false,
    manifest: true, // for scripts/service_worker.mjs, which removes it
    assetsInlineLimit: (file) => (file.endsWith(".wasm") ? false : undefined),
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      input: {
        index: resolve(import.meta.dirname, "index.html"),
        verify: resolve(import.meta.dirname, "verify.html"),
        handover: resolve(import.meta.dirname, "handover.html"),
      },
    },
  },
  server: { proxy: { "/api": api }, fs: { allow: [".."] } },
});
