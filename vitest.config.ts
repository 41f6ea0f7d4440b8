import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** End-to-end tests wait for the browser most of the time: on two cores two files at once take two thirds of the time. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
	test: {
		include: ["packages/*/src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
		globalSetup: ["packages/db/src/testing/global-setup.ts"],
		testTimeout: 30_000,
		hookTimeout: 180_000,
		maxWorkers,
		expect: { poll: { timeout: 10_000 } },
	},
});
