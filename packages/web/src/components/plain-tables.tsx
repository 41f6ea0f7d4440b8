import type { ReferenceTable } from "@opengsync/domain/annotation/step";
import { Card, Tabs } from "./parts.tsx";

/** A table to look things up. `muted` are the positions of rows that stand back. */
export function PlainTable({ table, muted = [] }: { table: ReferenceTable; muted?: readonly number[] | undefined }) {
	const mutedRows = new Set(muted);
	return (
		<section class="table-scroll" style="max-height: 24rem" aria-label={table.title} tabindex={0}>
			<table class="table table-list">
				<thead>
					<tr>
						{table.columns.map((column) => (
							<th scope="col">{column}</th>
						))}
					</tr>
				</thead>
				<tbody>
					{table.rows.map((row, position) => (
						<tr {...(mutedRows.has(position) ? { class: "text-secondary" } : {})}>
							{row.map((cell) => (
								<td>{cell}</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
		</section>
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
