import { defineConfig } from "vitest/config";

export default defineConfig({
	oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
	test: {
		include: ["packages/*/src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
		globalSetup: ["packages/db/src/testing/global-setup.ts"],
		testTimeout: 30_000,
		hookTimeout: 120_000,
		expect: { poll: { timeout: 10_000 } },
	},
});
