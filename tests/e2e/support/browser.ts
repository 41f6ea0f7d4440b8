import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The system's Chromium, headless, without any traffic of its own. */
export function launchBrowser(): Promise<Browser> {
	const executablePath = process.env.CHROMIUM ?? programs.find((program) => existsSync(program));
	if (!executablePath) throw new Error("Chromium is missing: install the package chromium.");
	const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
	return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}
