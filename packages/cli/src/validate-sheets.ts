import { nextStep, openStep, submitStep } from "@opengsync/domain/annotation/engine";
import type { AnnotationFacts } from "@opengsync/domain/annotation/facts";
import { listReviewIndices } from "@opengsync/domain/annotation/review-indices";
import { buildSheetFromJson, isSheetName, type SheetName } from "@opengsync/domain/annotation/sheet-registry";
import type { StepInput, StepRecord, WorkflowState } from "@opengsync/domain/annotation/state";
import type { StepView } from "@opengsync/domain/annotation/step";
import { annotationTable } from "@opengsync/domain/annotation/tables";
import { annotationWorkflow } from "@opengsync/domain/annotation/workflow";
import type { Problem, SheetDefinition } from "@opengsync/domain/sheets/types";
import { validateSheet } from "@opengsync/domain/sheets/validate-sheet";
import { type AssignedFile, derivePools, deriveSamples, fillColumn } from "./validate-derive.ts";
import { fitOf, recogniseStep, sheetSteps } from "./validate-recognise.ts";

/** A problem with column titles instead of keys. */
export interface FileProblem {
	/** Data row, the first below the titles is 1; null = the whole file. */
	readonly row: number | null;
	readonly column: string | null;
	readonly code: string;
	readonly severity: "error" | "warning";
	readonly message: string;
	readonly repair: string | null;
}

/** What became of a file. */
export interface CheckedFile {
	readonly file: string;
	/** Step as which it was checked; null when it fits none. */
	readonly step: string | null;
	readonly problems: readonly FileProblem[];
}

/** What a check found. */
export interface CheckResult {
	readonly files: readonly CheckedFile[];
	/** Sheets that the request will ask for and that were not among the files. */
	readonly missing: readonly string[];
}

/** Without these nothing later can be judged. */
const foundations: readonly string[] = ["sample_annotation", "define_mux_samples", "custom_assay_annotation"];

function toFileProblem(problem: Problem, definition: SheetDefinition): FileProblem {
	const [key] = problem.columns;
	const column = key === undefined ? null : (definition.columns.find((known) => known.key === key)?.label ?? key);
	const { row, code, severity, message } = problem;
	return { row, column, code, severity, message, repair: problem.repair?.label ?? null };
}

function wholeFile(code: string, message: string): FileProblem {
	return { row: null, column: null, code, severity: "error", message, repair: null };
}

/** Checks the files of one annotation, step by step as the web does, without a database. */
class OfflineCheck {
	private state: WorkflowState = { history: [] };
	private readonly checked = new Map<AssignedFile, CheckedFile>();
	private readonly missing: string[] = [];
	private readonly files: readonly AssignedFile[];
	private readonly service: StepInput;
	private readonly facts: AnnotationFacts;

	constructor(files: readonly AssignedFile[], service: StepInput, facts: AnnotationFacts) {
		this.files = files;
		this.service = service;
		this.facts = facts;
	}

	/** @throws Error when the service cannot be chosen like this */
	run(): CheckResult {
		for (;;) {
			const step = nextStep(annotationWorkflow, this.state, this.facts);
			if (!step || step.name === "complete") break;
			const { view } = openStep(annotationWorkflow, this.state, step.name, this.facts);
			const file = isSheetName(step.name) ? this.takeFile(step.name) : null;
			const isGood = file ? this.checkFile(file, step.name, view) : this.passStep(step.name, view);
			if (!isGood && foundations.includes(step.name)) break;
		}
		this.checkClashes();
		return { files: this.files.map((file) => this.checked.get(file) ?? this.leftOver(file)), missing: this.missing };
	}

	/** The file that belongs to a step: named by the caller, or with titles that fit no later step better. */
	private takeFile(step: SheetName): AssignedFile | null {
		const later = sheetSteps.slice(sheetSteps.indexOf(step) + 1).filter((name) => this.mayCome(name));
		const isOf = (file: AssignedFile) => {
			if (file.step !== null) return file.step === step;
			const fit = fitOf(step, file.sheet);
			return fit > 0 && later.every((other) => fitOf(other, file.sheet) <= fit);
		};
		return this.files.find((file) => !this.checked.has(file) && isOf(file)) ?? null;
	}

	/** Whether a later step may be asked for; before the libraries are known every one may. */
	private mayCome(name: SheetName): boolean {
		if (annotationTable(this.state, "libraries").length === 0) return true;
		return annotationWorkflow.steps.some((step) => step.name === name && step.applies(this.state, this.facts));
	}

	private checkFile(file: AssignedFile, step: string, view: StepView): boolean {
		if (view.kind !== "sheet") return false;
		const definition = buildSheetFromJson(view.sheet.name, view.sheet.context);
		const values = Object.fromEntries((view.fields ?? []).map((field) => [field.name, "checked from a file"]));
		const isAccepted = this.submit(step, { sheet: file.sheet, values });
		const problems = isAccepted === true ? validateSheet(definition, file.sheet).problems : isAccepted;
		this.checked.set(file, { file: file.name, step, problems: problems.map((problem) => toFileProblem(problem, definition)) });
		if (isAccepted === true) return true;
		if (!this.passStep(step, view)) this.skip(step);
		return false;
	}

	/** Goes on without a file: with what other files say, or what the web would propose. */
	private passStep(step: string, view: StepView): boolean {
		this.noteMissing(step);
		if (step === "sample_annotation") {
			this.append({ step, input: null, tables: { samples: deriveSamples(this.files) }, metadata: {}, submitted: true });
			return true;
		}
		if (step === "select_service") {
			const refusal = this.submit(step, this.service);
			if (refusal !== true) throw new Error(this.explainService());
			return true;
		}
		const input = this.proposeInput(step, view);
		if (input && this.submit(step, input) === true) return true;
		this.skip(step);
		return !foundations.includes(step);
	}

	/** Sheets that are filled in for the user need no file. */
	private noteMissing(step: string): void {
		const isOptional = step === "sample_attribute_annotation" || step === "define_mux_samples";
		const isThere = this.files.some((file) => this.checked.get(file)?.step === step);
		if (isSheetName(step) && !isOptional && !isThere) this.missing.push(step);
	}

	private proposeInput(step: string, view: StepView): StepInput | null {
		switch (step) {
			case "project_select":
				return { values: { project_title: "Checked from files", project_description: "Nothing is created" } };
			case "sample_attribute_annotation":
				return view.kind === "sheet" ? { sheet: view.initial } : null;
			case "define_mux_samples":
				return derivePools(this.files, annotationTable(this.state, "samples"));
			case "pooled_library_annotation":
				return fillColumn(view, "Pool", "pool");
			case "pool_mapping":
				return {
					values: { ...(view.values ?? {}), contact_name: "Nobody", contact_email: "nobody@example.org", contact_phone: "0" },
				};
			default:
				return null;
		}
	}

	/** Errors of the chosen service and options in one sentence. */
	private explainService(): string {
		const result = submitStep(annotationWorkflow, this.opened("select_service"), "select_service", this.service, this.facts);
		return result.accepted ? "" : result.fieldErrors.map((error) => error.message).join(" ");
	}

	private opened(step: string): WorkflowState {
		return openStep(annotationWorkflow, this.state, step, this.facts).state;
	}

	/** True when accepted, else the problems of the sheet; then nothing has changed. */
	private submit(step: string, input: StepInput): true | readonly Problem[] {
		const result = submitStep(annotationWorkflow, this.opened(step), step, input, this.facts);
		if (!result.accepted) return result.problems;
		this.state = result.state;
		return true;
	}

	private append(record: StepRecord): void {
		this.state = { history: [...this.state.history, record] };
	}

	private skip(step: string): void {
		this.append({ step, input: null, tables: {}, metadata: {}, submitted: true });
	}

	/** Adds clashes of indices to the file that names them. */
	private checkClashes(): void {
		const clashing = new Set(listReviewIndices(this.state).clashingLibraries);
		const rowOf = new Map(annotationTable(this.state, "indices").map((index) => [index.library_name, index]));
		for (const [, library, , , text] of listReviewIndices(this.state).rows) {
			const index = rowOf.get(String(library));
			if (!text || !index) continue;
			const step = index.is_atac ? "tenx_atac_barcode_input" : "barcode_input";
			const file = this.files.find((candidate) => this.checked.get(candidate)?.step === step);
			const known = file ? this.checked.get(file) : undefined;
			if (!file || !known) continue;
			const severity = clashing.has(String(library)) ? "error" : "warning";
			const problem = { row: index.row, column: "Library Name", code: "index.clash", severity, repair: null } as const;
			this.checked.set(file, { ...known, problems: [...known.problems, { ...problem, message: `${library}: ${text}` }] });
		}
	}

	/** A file that was not asked for. */
	private leftOver(file: AssignedFile): CheckedFile {
		const step = file.step ?? recogniseStep(file.sheet);
		const refused = [...this.checked.values()].find((checked) => foundations.includes(checked.step ?? "") && hasError(checked));
		if (step === null) {
			const message = "Its titles are those of no sheet. Name the sheet with --step.";
			return { file: file.name, step, problems: [wholeFile("file.unknown", message)] };
		}
		const message = refused
			? `Not checked: ${refused.file} has to be right first.`
			: `The request does not ask for the sheet ${step}.`;
		return { file: file.name, step, problems: [wholeFile(refused ? "file.unchecked" : "file.not_applicable", message)] };
	}
}

/** Whether a file has to be changed. */
export function hasError(file: CheckedFile): boolean {
	return file.problems.some((problem) => problem.severity === "error");
}

/**
 * Checks the sheets of an annotation without a database, by the same steps and rules as web and API. Steps without a file are passed over with
 * what the other files say.
 * @param service values of the step `select_service`
 * @throws Error when the service cannot be chosen with these options
 */
export function checkSheets(files: readonly AssignedFile[], service: StepInput, facts: AnnotationFacts): CheckResult {
	return new OfflineCheck(files, service, facts).run();
}
