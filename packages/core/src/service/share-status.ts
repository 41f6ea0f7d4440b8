import { open } from "node:fs/promises";
import type { FacilityConfig } from "../config.ts";

/** How the storage behind the share is, in words for people: background-and-ops.md §5.2. */
export interface ShareStatus {
	readonly status: "unknown" | "online" | "degraded" | "offline";
	/** A text per canary file; a single text when none is configured. */
	readonly details: Readonly<Record<string, string>> | string;
}

const longestText = 80;

/**
 * Reads each canary file: content `ok` means that its storage is there. A hanging mount is not waited for longer than the time
 * limit.
 */
export async function checkShareStatus(config: Pick<FacilityConfig, "canaryFiles">, timeLimitMs = 2000): Promise<ShareStatus> {
	const names = Object.keys(config.canaryFiles);
	if (names.length === 0) return { status: "unknown", details: "No canary files are configured." };
	const texts = await Promise.all(names.map((name) => stateOf(config.canaryFiles[name] ?? "", timeLimitMs)));
	const online = texts.filter((text) => text === "online").length;
	return {
		status: online === names.length ? "online" : online === 0 ? "offline" : "degraded",
		details: Object.fromEntries(names.map((name, index) => [name, texts[index] ?? ""])),
	};
}

async function stateOf(file: string, timeLimitMs: number): Promise<string> {
	let timer: NodeJS.Timeout | undefined;
	const tooLate = new Promise<string>((resolve) => {
		timer = setTimeout(() => resolve("the storage does not answer in time"), timeLimitMs);
	});
	const state = readStart(file).then(
		(content) => (content.trim() === "ok" ? "online" : `unexpected content "${content.trim().slice(0, longestText)}"`),
		() => "the file is missing, or its storage is not mounted",
	);
	return Promise.race([state, tooLate]).finally(() => clearTimeout(timer));
}

/** The first bytes: a canary that has become a large file is not read whole. */
async function readStart(file: string): Promise<string> {
	const handle = await open(file, "r");
	try {
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(1024), 0, 1024, 0);
		return buffer.toString("utf8", 0, bytesRead);
	} finally {
		await handle.close();
	}
}
