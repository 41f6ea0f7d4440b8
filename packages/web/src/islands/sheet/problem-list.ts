/** The problems below the grid: grouped by column and message, with a button per row that jumps to the cell, and repairs. */
import type { Problem, ProblemKind, Repair } from "@opengsync/domain/sheets/types";
import { columnsOfProblem } from "./cell-marks.ts";
import { makeButton, makeElement } from "./dom.ts";
import type { SheetColumn } from "./sheet-state.ts";

const shownMessagesPerGroup = 20;
const shownRowsPerMessage = 15;

const kindNames: Readonly<Record<ProblemKind, string>> = {
	invalid: "Invalid value",
	missing: "Missing value",
	duplicate: "Duplicate value",
};

/** What the list asks the island to do. */
export interface ProblemActions {
	/** Focus the cell of a problem. */
	jump(problem: Problem): void;
	/** Overwrite the cells of the repairs, in one undo step. */
	repair(repairs: readonly Repair[]): void;
}

/** Problems with the same message, in the order of their rows. */
type MessageGroup = readonly [message: string, problems: Problem[]];

/** Groups by heading (column titles), then by message; order of appearance. */
export function groupProblems(
	problems: readonly Problem[],
	columns: readonly SheetColumn[],
): readonly { readonly heading: string; readonly messages: readonly MessageGroup[] }[] {
	const groups = new Map<string, Map<string, Problem[]>>();
	for (const problem of problems) {
		const labels = problem.columns.length === 0 ? [] : columnsOfProblem(problem, columns).map((column) => column.label);
		const heading = labels.length > 0 ? labels.join(", ") : problem.row === null ? "Whole sheet" : "Rows";
		const messages = groups.get(heading) ?? new Map<string, Problem[]>();
		const same = messages.get(problem.message);
		if (same) {
			same.push(problem);
		} else {
			messages.set(problem.message, [problem]);
		}
		groups.set(heading, messages);
	}
	return [...groups].map(([heading, messages]) => ({ heading, messages: [...messages] }));
}

/** The legend of the cell colours (requests-and-annotation.md §3.1). */
function makeLegend(): HTMLElement {
	const entries = Object.entries(kindNames).map(([kind, name]) =>
		makeElement("span", { class: "sheet-legend-entry" }, makeElement("span", { class: `sheet-swatch sheet-${kind}` }), name),
	);
	return makeElement("div", { class: "sheet-legend" }, ...entries);
}

/** The list of problems with its summary. */
export class ProblemList {
	readonly element = makeElement("section", { class: "sheet-problems", "aria-label": "Problems" });
	private readonly summary = makeElement("p", { class: "sheet-summary", role: "status", "aria-live": "polite" });
	private readonly groups = makeElement("div");
	private readonly actions: ProblemActions;

	constructor(actions: ProblemActions) {
		this.actions = actions;
		this.element.append(makeElement("div", { class: "sheet-problems-head" }, this.summary, makeLegend()), this.groups);
	}

	/** Shows these problems instead of the ones before. */
	show(problems: readonly Problem[], columns: readonly SheetColumn[]): void {
		const errors = problems.filter((problem) => problem.severity === "error").length;
		const warnings = problems.length - errors;
		const parts = [countOf(errors, "error"), countOf(warnings, "warning")].filter((part) => part !== "");
		this.summary.textContent = parts.length > 0 ? parts.join(", ") : "No problems found.";
		this.summary.classList.toggle("sheet-summary-bad", errors > 0);
		this.groups.replaceChildren(
			...groupProblems(problems, columns).map((group) => this.makeGroup(group.heading, group.messages)),
		);
	}

	private makeGroup(heading: string, messages: readonly MessageGroup[]): HTMLElement {
		const count = messages.reduce((sum, [, problems]) => sum + problems.length, 0);
		const repairs = messages.flatMap(([, problems]) => problems.flatMap((problem) => (problem.repair ? [problem.repair] : [])));
		const head = makeElement("div", { class: "sheet-group-head" }, makeElement("strong", {}, heading), ` (${count})`);
		if (repairs.length > 1) {
			head.append(makeButton(`Apply all ${repairs.length} repairs`, () => this.actions.repair(repairs)));
		}
		const list = makeElement("ul", { class: "sheet-messages" });
		const showFrom = (start: number) => {
			const end = start + shownMessagesPerGroup;
			list.append(...messages.slice(start, end).map((group) => this.makeMessage(group)));
			if (messages.length > end) {
				const more = makeElement("li");
				const button = makeButton(`Show more (${messages.length - end})`, () => {
					more.remove();
					showFrom(end);
				});
				more.append(button);
				list.append(more);
			}
		};
		showFrom(0);
		return makeElement("div", { class: "sheet-group" }, head, list);
	}

	private makeMessage([message, problems]: MessageGroup): HTMLElement {
		const [first] = problems;
		const item = makeElement("li");
		if (!first) {
			return item;
		}
		item.append(makeElement("span", { class: `sheet-swatch sheet-${first.severity === "error" ? first.kind : "warning"}` }));
		if (first.row === null) {
			item.append(first.severity === "warning" ? `Note: ${message}` : message);
		} else if (problems.length === 1) {
			item.append(this.makeJump(first, `Row ${first.row}: ${message}`));
		} else {
			item.append(
				`${message} `,
				...problems.slice(0, shownRowsPerMessage).map((problem) => this.makeJump(problem, `Row ${problem.row}`)),
			);
			const hidden = problems.slice(shownRowsPerMessage);
			if (hidden.length > 0) {
				const more = makeButton(`${hidden.length} more rows`, () => {
					more.replaceWith(...hidden.slice(0, 500).map((problem) => this.makeJump(problem, `Row ${problem.row}`)));
				});
				item.append(more);
			}
		}
		const repairs = problems.flatMap((problem) => (problem.repair ? [problem.repair] : []));
		const [repair] = repairs;
		if (repair) {
			const label = repairs.length === 1 ? repair.label : `${repair.label} (${repairs.length})`;
			item.append(makeButton(label, () => this.actions.repair(repairs), { class: "btn btn-sm btn-outline-primary" }));
		}
		return item;
	}

	private makeJump(problem: Problem, label: string): HTMLButtonElement {
		return makeButton(label, () => this.actions.jump(problem), { class: "btn btn-sm btn-link sheet-jump" });
	}
}

function countOf(count: number, noun: string): string {
	return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
