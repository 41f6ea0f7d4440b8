import { findMember, MuxType } from "../catalog.ts";
import { isInGroup } from "./library-set.ts";
import type { JsonValue, WorkflowState } from "./state.ts";
import { annotationTable, type LibraryRow, type LinkRow } from "./tables.ts";

/** Multiplexing payload of a link: the fields of its mux type that are given; null without multiplexing (§5.18, 6). */
export function muxOfLink(link: LinkRow): Record<string, string> | null {
	const muxType = findMember(MuxType, link.mux_type_id);
	if (!muxType) return null;
	const values = { barcode: link.mux_barcode, pattern: link.mux_pattern, read: link.mux_read };
	const fields: readonly string[] = muxType.muxFields;
	const given = Object.entries(values).filter(
		(entry): entry is [string, string] => fields.includes(entry[0]) && entry[1] !== null,
	);
	return Object.fromEntries(given);
}

/** Properties of a library: spatial values without blanks, and the guides of a Parse CRISPR library; null = none. */
export function propertiesOfLibrary(library: LibraryRow, state: WorkflowState): Record<string, JsonValue> | null {
	const properties: Record<string, JsonValue> = {};
	const spatial = annotationTable(state, "properties").find((row) => row.library_name === library.library_name);
	if (spatial) {
		const { library_name: _name, ...values } = spatial;
		for (const [name, value] of Object.entries(values)) if (value !== null && value !== "") properties[name] = value;
	}
	const guides = annotationTable(state, "crispr_guides");
	if (isInGroup(library.library_type_id, "crisprGuides") && guides.length > 0) properties.crispr_guides = [...guides];
	return Object.keys(properties).length === 0 ? null : properties;
}
