import type { RowReference } from "@opengsync/domain/audit/describe";
import { z } from "zod";

/** What the address of every list of changes may hold: days `YYYY-MM-DD`, the number of a person, the event before which to go on. */
export const trailQuery = {
	person: z
		.string()
		.regex(/^\d{0,9}$/)
		.default(""),
	from: z.union([z.literal(""), z.iso.date()]).default(""),
	to: z.union([z.literal(""), z.iso.date()]).default(""),
	before: z
		.string()
		.regex(/^\d{1,15}$/)
		.optional(),
};

/** The people who acted, as rows whose names sentences need. */
export function actorsOf(
	acts: readonly { readonly actorId: number | null; readonly impersonatorId: number | null }[],
): RowReference[] {
	return acts
		.flatMap(({ actorId, impersonatorId }) => [actorId, impersonatorId])
		.filter((id) => id !== null)
		.map((id) => ({ table: "lims_user", id }));
}

/** A text or day to filter by. `list` is the id of its suggestions. */
export function FilterText(props: { name: string; label: string; value: string; type?: "text" | "date"; list?: string }) {
	const { name, label, value, type = "text", list } = props;
	return (
		<label class="col-auto">
			<span class="form-label">{label}</span>
			<input class="form-control form-control-sm" type={type} name={name} value={value} {...(list ? { list } : {})} />
		</label>
	);
}

/** One of several values to filter by, or `all` of them. Options are value and label. */
export function FilterChoice(props: {
	name: string;
	label: string;
	value: string;
	all: string;
	options: readonly (readonly [value: string, label: string])[];
}) {
	return (
		<label class="col-auto">
			<span class="form-label">{props.label}</span>
			<select class="form-select form-select-sm" name={props.name}>
				<option value="">{props.all}</option>
				{props.options.map(([value, label]) => (
					<option value={value} selected={value === props.value}>
						{label}
					</option>
				))}
			</select>
		</label>
	);
}

/** One object to filter by, found by typing: `value` is its number and `chosenLabel` what it is called, both empty for all. */
export function FilterSearch(props: { name: string; label: string; value: string; chosenLabel: string; source: string }) {
	const id = `filter-${props.name}`;
	return (
		<div class="col-auto filter-search">
			<label class="form-label" for={id}>
				{props.label}
			</label>
			<input
				id={id}
				type="text"
				class="form-control form-control-sm"
				name={props.name}
				value={props.value}
				data-island="search-select"
				data-source={props.source}
				data-chosen-label={props.chosenLabel}
			/>
		</div>
	);
}
