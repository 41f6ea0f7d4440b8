import type { ReferenceTable } from "@opengsync/domain/annotation/step";
import { Card, Tabs } from "./parts.tsx";
import { SimpleTable } from "./simple-table.tsx";
import { Badge, type Tone } from "./status.tsx";

/** Sequences, also joined like `ACGT+TTGC`, and patterns around a barcode like `5PNNNNNNNNNN(BC)`. */
const basesPattern = /^([ACGTN]{4,}(\+[ACGTN]+)*|(5P)?[ACGTN]*\(BC\)[ACGTN]*)$/;

/** Results of a check by the words of the column *Status*. */
const statusTones: Readonly<Record<string, Tone>> = { OK: "done", Warning: "warning", Error: "bad" };

/** Texts of this length wrap. */
const longText = 40;

/** A cell of plain text, set by what it holds: sequences in the mono face, results as badges, long texts wide enough. */
export function PlainCell({ title, cell }: { title: string | undefined; cell: string | number | null }) {
	const text = String(cell ?? "");
	const tone = title === "Status" ? statusTones[text] : undefined;
	if (tone) {
		return (
			<td>
				<Badge tone={tone}>{text}</Badge>
			</td>
		);
	}
	if (basesPattern.test(text)) return <td class="font-mono">{text}</td>;
	return <td {...(text.length > longText ? { class: "cell-text" } : {})}>{cell}</td>;
}

/** A table to look things up. `muted` are the positions of rows that stand back. */
export function PlainTable({ table, muted = [] }: { table: ReferenceTable; muted?: readonly number[] | undefined }) {
	const mutedRows = new Set(muted);
	return (
		<SimpleTable label={table.title} class="reference-table" titles={table.columns}>
			{table.rows.map((row, position) => (
				<tr {...(mutedRows.has(position) ? { class: "text-secondary" } : {})}>
					{row.map((cell, column) => (
						<PlainCell title={table.columns[column]} cell={cell} />
					))}
				</tr>
			))}
		</SimpleTable>
	);
}

/** Tables beside a sheet, one per tab; nothing without tables. */
export function PlainTables({ title, tables }: { title: string; tables: readonly ReferenceTable[] }) {
	if (tables.length === 0) return null;
	return (
		<Card title={title}>
			<Tabs
				name="reference"
				tabs={tables.map((table, index) => ({
					key: `table-${index}`,
					title: table.title,
					content: <PlainTable table={table} />,
				}))}
			/>
		</Card>
	);
}
