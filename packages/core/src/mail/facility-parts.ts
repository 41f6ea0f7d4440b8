import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FacilityConfig } from "../config.ts";

/** Markup that a facility adds to its mails: background-and-ops.md §9.1, "Customisation without code". Each may be absent. */
export interface FacilityMailParts {
	readonly signature?: string;
	readonly header?: string;
	readonly footer?: string;
	/** Words for people inside the facility, above the list of the real paths. */
	readonly internalAccess?: string;
}

/** Reads the facility's files from `<template folder>/custom/`; a missing file is left out. */
export async function readFacilityMailParts(config: Pick<FacilityConfig, "templateFolder">): Promise<FacilityMailParts> {
	const [signature, header, footer, internalAccess] = await Promise.all(
		[
			"custom/email-signature.html",
			"custom/share-project-data-email-header.html",
			"custom/share-project-data-email-footer.html",
			"custom/share-internal-access.html",
		].map((name) => readOptional(config.templateFolder, name)),
	);
	return {
		...(signature && { signature }),
		...(header && { header }),
		...(footer && { footer }),
		...(internalAccess && { internalAccess }),
	};
}

async function readOptional(folder: string, name: string): Promise<string | null> {
	const file = path.resolve(folder, name);
	if (!file.startsWith(path.resolve(folder) + path.sep)) return null;
	try {
		return await readFile(file, "utf8");
	} catch {
		return null;
	}
}
