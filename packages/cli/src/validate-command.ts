import { describeServiceFields } from "@opengsync/domain/annotation/select-service-form";
import { isSheetName, type SheetName } from "@opengsync/domain/annotation/sheet-registry";
import type { StepInput } from "@opengsync/domain/annotation/state";
import { membersOf, ServiceType, SubmissionType } from "@opengsync/domain/catalog";
import type { Command } from "commander";
import { makeOfflineFacts } from "./validate-facts.ts";
import { readSheetFile } from "./validate-files.ts";
import { sheetSteps } from "./validate-recognise.ts";
import { type CheckResult, checkSheets, hasError } from "./validate-sheets.ts";

/** What `opengsync validate` is told. */
export interface ValidateOptions {
	/** Key, label or abbreviation of a service. */
	readonly service: string;
	/** Key, label, abbreviation or letter of a submission type. */
	readonly submission: string;
	/** Ticks of the service step, separated by commas. */
	readonly with?: string;
	/** Step of the only file, of a workbook that of its first sheet. */
	readonly step?: string;
	/** Folder of index and feature kits. */
	readonly kits?: string;
	readonly json: boolean;
}

interface Named {
	readonly id: number;
	readonly key: string;
	readonly label: string;
	readonly abbreviation?: string;
	readonly identifier?: string | null;
}

function findByName(members: readonly Named[], text: string, what: string): Named {
	const wanted = text.trim().toLowerCase();
	const names = (member: Named) => [member.key, member.label, member.abbreviation, member.identifier];
	const found = members.find((member) => names(member).some((name) => name?.toLowerCase() === wanted));
	if (!found) throw new Error(`There is no ${what} "${text}". Known: ${members.map((member) => member.key).join(", ")}.`);
	return found;
}

/** Values of the service step; kit names are not checked, so that any will do. */
function serviceInput(serviceTypeId: number, ticks: readonly string[], fields: readonly string[]): StepInput {
	const unknown = ticks.find((tick) => !fields.includes(tick));
	if (unknown !== undefined) throw new Error(`There is no option "${unknown}". Known: ${fields.join(", ")}.`);
	const kits = ticks
		.filter((tick) => ["antibody_capture", "oligo_multiplexing"].includes(tick))
		.map((tick) => [`${tick}_kit`, "-"]);
	const parse = serviceTypeId === ServiceType.PARSE.id ? { parse_kit: 1, parse_chemistry: 1 } : {};
	const values = { ...Object.fromEntries([...ticks.map((tick) => [tick, true]), ...kits]), ...parse };
	return { values: { ...values, service_type_id: serviceTypeId } };
}

function parseStep(step: string | undefined, files: readonly string[]): SheetName | null {
	if (step === undefined) return null;
	if (!isSheetName(step)) throw new Error(`There is no sheet "${step}". Known: ${sheetSteps.join(", ")}.`);
	if (files.length > 1) throw new Error("--step says which sheet a file is: give one file with it.");
	return step;
}

/**
 * Checks files of an annotation offline.
 * @returns what to print, and 0 when they can be submitted as they are, else 1
 * @throws Error for an option or file that cannot be used
 */
export async function validateFiles(
	files: readonly string[],
	options: ValidateOptions,
): Promise<{ text: string; exitCode: 0 | 1 }> {
	const service = findByName(membersOf(ServiceType), options.service, "service");
	const submission = findByName(membersOf(SubmissionType), options.submission, "submission type");
	const facts = await makeOfflineFacts(submission.id, options.kits);
	const step = parseStep(options.step, files);
	const ticks = (options.with ?? "").split(",").map((tick) => tick.trim());
	const tickFields = describeServiceFields(facts).filter((field) => field.type === "checkbox");
	const input = serviceInput(
		service.id,
		ticks.filter((tick) => tick !== ""),
		tickFields.map((field) => field.name),
	);
	const sheets = (await Promise.all(files.map(readSheetFile))).flat();
	const result = withoutSpareSheets(
		checkSheets(
			sheets.map((sheet, index) => ({ ...sheet, step: index === 0 ? step : null })),
			input,
			facts,
		),
	);
	const exitCode = result.files.some(hasError) ? 1 : 0;
	return { text: options.json ? describeAsJson(result) : describeAsTable(result), exitCode };
}

/** Workbooks have sheets with explanations, too: those that fit nothing do not matter beside one that does. */
function withoutSpareSheets(result: CheckResult): CheckResult {
	const bookOf = (file: string) => file.split(" › ")[0] ?? file;
	const used = new Set(result.files.filter((file) => file.step !== null).map((file) => bookOf(file.file)));
	return { ...result, files: result.files.filter((file) => file.step !== null || !used.has(bookOf(file.file))) };
}

function countOf(result: CheckResult, severity: "error" | "warning"): number {
	return result.files.flatMap((file) => file.problems).filter((problem) => problem.severity === severity).length;
}

function describeAsJson(result: CheckResult): string {
	const counts = { errors: countOf(result, "error"), warnings: countOf(result, "warning") };
	return JSON.stringify({ valid: counts.errors === 0, ...counts, files: result.files, missing: result.missing }, null, "\t");
}

/** Control characters and marks that turn the direction of text would change what the terminal shows. */
const printable = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "�");

function describeAsTable(result: CheckResult): string {
	const titles = ["FILE", "STEP", "ROW", "COLUMN", "SEVERITY", "PROBLEM"];
	const lines = result.files.flatMap((file) =>
		file.problems.map((problem) => [
			file.file,
			file.step ?? "",
			problem.row === null ? "" : String(problem.row),
			problem.column ?? "",
			problem.severity,
			problem.repair ? `${problem.message} (${problem.repair})` : problem.message,
		]),
	);
	const table = [titles, ...lines].map((line) => line.map(printable));
	const widths = titles.map((_, at) => Math.max(...table.map((line) => line[at]?.length ?? 0)));
	const rows = table.map((line) => line.map((cell, at) => (at < 5 ? cell.padEnd(widths[at] ?? 0) : cell)).join("  "));
	const steps = result.files.map((file) => `${printable(file.file)}: ${file.step ?? "not recognised"}`);
	const counted = (severity: "error" | "warning") => {
		const count = countOf(result, severity);
		return `${count} ${severity}${count === 1 ? "" : "s"}`;
	};
	const summary = `${counted("error")}, ${counted("warning")}.`;
	const missing = result.missing.length > 0 ? [`Still to come: ${result.missing.join(", ")}.`] : [];
	return [...steps, ...(lines.length > 0 ? ["", ...rows, ""] : []), summary, ...missing].join("\n");
}

/** Adds `opengsync validate`. */
export function addValidateCommand(program: Command): void {
	program
		.command("validate <files...>")
		.description("check annotation sheets (.tsv, .csv, .xlsx) without a database; exit code 1 when there are errors")
		.requiredOption("--service <key>", "service, e.g. BULK_RNA_SEQ or TENX_SC_GEX_3PRIME")
		.requiredOption("--submission <type>", "raw, pooled or un-pooled")
		.option("--with <options>", "ticks of the service step, e.g. vdj_t,antibody_capture,oligo_multiplexing")
		.option("--step <name>", "sheet that the file is, where its titles do not tell, e.g. sample_annotation")
		.option("--kits <folder>", "folder of kits (kits.csv and one file per kit) instead of those that come along")
		.option("--json", "as JSON", false)
		.addHelpText("after", "\nA file belongs to the sheet whose titles it has; see docs/annotation-files.md.")
		.action(async (files: string[], options: ValidateOptions) => {
			const { text, exitCode } = await validateFiles(files, options);
			console.log(text);
			process.exitCode = exitCode;
		});
}
