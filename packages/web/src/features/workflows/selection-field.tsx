import type { FormField } from "@opengsync/domain/annotation/step";
import { Card } from "../../components/parts.tsx";
import { PlainCell } from "../../components/plain-tables.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";

/** A table of which any rows are ticked, with a search that narrows it and a button that ticks all rows found. */
export function SelectionField({ field, value, error }: { field: FormField; value: unknown; error: string | null }) {
	const chosen = new Set(Array.isArray(value) ? value.map(String) : []);
	const options = field.options ?? [];
	return (
		<Card
			title={`${field.label} (${options.length})`}
			actions={
				<>
					<input
						type="search"
						class="form-control selection-search"
						data-narrow=""
						placeholder="Search"
						aria-label={`Search ${field.label}`}
					/>
					<button type="button" class="btn" data-select-all="">
						Select all shown
					</button>
				</>
			}
		>
			{field.help && <p class="field-help">{field.help}</p>}
			{error && (
				<p class="field-error" role="alert">
					{error}
				</p>
			)}
			<SimpleTable label={field.label} class="selection-table" titles={[{ hidden: "Selected" }, ...(field.optionColumns ?? [])]}>
				{options.map((option) => (
					<tr class="form-check">
						<td>
							<input
								type="checkbox"
								class="form-check-input"
								name={field.name}
								value={String(option.value)}
								checked={chosen.has(String(option.value))}
								aria-label={option.label}
							/>
						</td>
						<td>{option.label}</td>
						{option.cells?.map((cell, column) => (
							<PlainCell title={field.optionColumns?.[column + 1]} cell={cell ?? "–"} />
						))}
					</tr>
				))}
			</SimpleTable>
		</Card>
	);
}
