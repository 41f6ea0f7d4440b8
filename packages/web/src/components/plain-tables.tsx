import type { ReferenceTable } from "@opengsync/domain/annotation/step";
import { Card, Tabs } from "./parts.tsx";
import { SimpleTable } from "./simple-table.tsx";

/** A sequence, or a pattern around a barcode like `5PNNNNNNNNNN(BC)`. */
const basesPattern = /^(5P)?[ACGTN]{4,}(\(BC\)[ACGTN]*)?$/;

/** A table to look things up. `muted` are the positions of rows that stand back. */
export function PlainTable({ table, muted = [] }: { table: ReferenceTable; muted?: readonly number[] | undefined }) {
	const mutedRows = new Set(muted);
	return (
		<SimpleTable label={table.title} class="reference-table" titles={table.columns}>
			{table.rows.map((row, position) => (
				<tr {...(mutedRows.has(position) ? { class: "text-secondary" } : {})}>
					{row.map((cell) => (
						<td {...(basesPattern.test(String(cell)) ? { class: "font-mono" } : {})}>{cell}</td>
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
