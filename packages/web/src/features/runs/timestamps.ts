import { z } from "zod";

const timestampsSchema = z.record(z.string(), z.unknown()).catch({});

/** Time of a run by its key (`started`, `completed`, `missing_since`), or null (background-and-ops.md §2.5). */
export function runTime(timestamps: unknown, key: "started" | "completed" | "missing_since"): Date | null {
	const text = timestampsSchema.parse(timestamps)[key];
	if (typeof text !== "string") return null;
	const at = new Date(text);
	return Number.isNaN(at.getTime()) ? null : at;
}
