import type { ReferenceTable } from "@opengsync/domain/annotation/step";
import { Card, Tabs } from "../../components/parts.tsx";

/** A table to look things up. */
export function PlainTable({ table }: { table: ReferenceTable }) {
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by the arrows
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
					{table.rows.map((row) => (
						<tr>
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
