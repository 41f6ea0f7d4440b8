import { asciiIdentifier } from "../text-rules.ts";

/** A name that check-name(`_`) accepts, made from one that it refuses: `day.3_rep1` → `day_3_rep1`, `Gewebe_ä` → `Gewebe_a`. */
export function suggestName(text: string): string {
	const ascii = asciiIdentifier(text.replaceAll("ß", "ss").replaceAll("µ", "u"));
	return ascii.replace(/[^A-Za-z0-9]+/gu, "_").replace(/^_+|_+$/gu, "");
}
