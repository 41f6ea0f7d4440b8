import { readFile } from "node:fs/promises";
import path from "node:path";
import type { FacilityConfig } from "../config.ts";
import { writeTextPdf } from "../documents/write-text-pdf.ts";

const rule = "_".repeat(60);

/** The form in plain words; facilities replace it by their own. */
const lines = (config: Pick<FacilityConfig, "organization" | "email">): string[] => [
	`Authorization of sequencing - ${config.organization}`,
	"",
	"Request (number and name)",
	rule,
	"",
	"I, the principal investigator, authorize the facility to process this request.",
	"",
	"Upper limits (optional)",
	`   Cost: ${"_".repeat(20)}   Lanes: ${"_".repeat(12)}`,
	`   Samples per protocol: ${rule}`,
	"",
	"Pricing scheme",
	"   [  ] internal      [  ] academic      [  ] commercial",
	"",
	"Billing: contact, address, billing code",
	rule,
	rule,
	"",
	"Remarks",
	rule,
	rule,
	"",
	"Terms",
	"   1. I have the right to hand over the samples and to have them sequenced.",
	"   2. Data are protected as the rules of our institution ask for.",
	"   3. The facility gives no warranty for the result.",
	"   4. Failures that my material causes are billed.",
	"   5. I acknowledge the facility in publications.",
	"",
	"Date, name, signature of the principal investigator",
	"",
	rule,
	"",
	`Questions: ${config.email}`,
];

/** The form to be signed: `custom/authorization-form.pdf` of the template folder, else a plain one (requests-and-annotation.md §2.8). */
export async function readAuthorizationTemplate(
	config: Pick<FacilityConfig, "templateFolder" | "organization" | "email">,
): Promise<Uint8Array> {
	try {
		return await readFile(path.join(config.templateFolder, "custom", "authorization-form.pdf"));
	} catch {
		return writeTextPdf(lines(config));
	}
}
