import { defineConfig } from "vitest/config";

/** Rules of the house that need no database: part of `npm run check`. */
export default defineConfig({ test: { include: ["tests/rules/*.rules.ts"] } });
