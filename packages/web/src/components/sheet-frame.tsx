import { buildAnySheet } from "@opengsync/domain/sheets/all-sheets";
import type { Problem, RawSheet } from "@opengsync/domain/sheets/types";
import { jsonForHtml, Notice } from "./parts.tsx";

/** A sheet as a page shows it; browser and server build the same definition from name and context. */
export interface SheetFrameProps {
	readonly name: string;
	readonly context: object;
	readonly initial: RawSheet;
	/** Names the sheet among the drafts of this browser. */
	readonly draftKey: string;
	/** `initial` was sent and refused, and has not been kept. */
	readonly refused?: boolean;
	readonly problems?: readonly Problem[];
	readonly readOnly?: boolean;
	/** Where the server keeps what is typed; without it only this browser does. */
	readonly draft?: { readonly url: string; readonly version: number; readonly changedAt: string | null };
	/** Where workbooks of the sheet are read and written. */
	readonly files?: {
		readonly readUrl: string;
		readonly templateUrl: string;
		readonly filledUrl: string;
		readonly fileName: string;
	};
}

/** The spreadsheet: an island in a form that sends it as field `sheet`, with its columns for whoever has no JavaScript. */
export function SheetFrame(props: SheetFrameProps) {
	const { name, context, initial, draftKey, refused = false, problems = [], readOnly = false, draft = null, files } = props;
	const definition = buildAnySheet(name, context);
	const config = { name, context, initial, refused, problems, readOnly, draft, ...(files ? { files } : {}) };
	return (
		<div hx-morph-skip="" class="sheet-frame">
			<div data-island="sheet" data-field="sheet" data-draft-key={draftKey}>
				<script type="application/json" data-island-input="" dangerouslySetInnerHTML={{ __html: jsonForHtml(config) }} />
				<noscript>
					<p>
						The spreadsheet needs JavaScript. These are its columns: {definition.columns.map((column) => column.label).join(", ")}
						.
					</p>
				</noscript>
			</div>
		</div>
	);
}

const shownMessages = 50;
const shownRows = 12;

/** Errors of rows, each message once with the rows that it concerns. */
function describeRowProblems(problems: readonly Problem[]): string[] {
	const rowsByMessage = new Map<string, Set<number>>();
	for (const { row, severity, message } of problems) {
		if (row === null || severity !== "error") continue;
		rowsByMessage.set(message, (rowsByMessage.get(message) ?? new Set()).add(row));
	}
	return [...rowsByMessage].map(([message, rows]) => {
		const shown = [...rows].slice(0, shownRows).join(", ");
		return `${rows.size === 1 ? "Row" : "Rows"} ${shown}${rows.size > shownRows ? ` and ${rows.size - shownRows} more` : ""}: ${message}`;
	});
}

/** Lists what is wrong with a sheet that was sent; nothing when nothing is. `others` are messages that belong to no cell. */
export function SheetProblems({ problems, others = [] }: { problems: readonly Problem[]; others?: readonly string[] }) {
	const general = problems.filter((problem) => problem.row === null).map((problem) => problem.message);
	const messages = [...new Set([...general, ...others, ...describeRowProblems(problems)])];
	if (messages.length === 0) return null;
	return (
		<Notice look="error" title={`${messages.length} ${messages.length === 1 ? "thing needs" : "things need"} a change`}>
			<ul class="problem-list">
				{messages.slice(0, shownMessages).map((message) => (
					<li>{message}</li>
				))}
			</ul>
			{messages.length > shownMessages && <p>… and {messages.length - shownMessages} more.</p>}
		</Notice>
	);
}
