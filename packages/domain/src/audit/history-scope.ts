// Which events make up the history of an object, as data.
import type { TrailEvent } from "./describe.ts";

/** Objects with a history. */
export type HistoryEntity =
	| "request"
	| "project"
	| "sample"
	| "library"
	| "pool"
	| "experiment"
	| "labPrep"
	| "run"
	| "user"
	| "group"
	| "kit";

/** A table whose rows belong to an object. */
export interface HistoryPart {
	readonly table: string;
	/** Column that names the object. */
	readonly column: string;
	/** `part`: every change counts; `member`: an object of its own, of which only coming and going counts. */
	readonly as: "part" | "member";
	/** Whether clients see it. */
	readonly forClients?: true;
}

/** A table to whose row a column of the object leads, e.g. its contacts. */
export interface HistoryTarget {
	readonly table: string;
	readonly columns: readonly string[];
}

/** What belongs to the history of a kind of object. */
export interface HistoryScope {
	readonly table: string;
	/** Further tables with the same key. */
	readonly twins?: readonly string[];
	readonly parts: readonly HistoryPart[];
	readonly targets?: readonly HistoryTarget[];
	/** Columns of the object whose changes clients see. Deny by default. */
	readonly clientColumns: readonly string[];
}

const part = (table: string, column: string): HistoryPart => ({ table, column, as: "part" });
const member = (table: string, column: string): HistoryPart => ({ table, column, as: "member" });
const forClients = (part: HistoryPart): HistoryPart => ({ ...part, forClients: true });

/** Scopes by kind of object. */
export const historyScopes: Readonly<Record<HistoryEntity, HistoryScope>> = {
	request: {
		table: "seq_request",
		parts: [
			forClients(member("library", "seq_request_id")),
			forClients(member("pool", "seq_request_id")),
			forClients(part("media_file", "seq_request_id")),
			forClients(part("comment", "seq_request_id")),
			forClients(part("seq_request_delivery_email_link", "seq_request_id")),
			part("seq_request_assignee_link", "seq_request_id"),
			part("data_path", "seq_request_id"),
		],
		targets: [
			{
				table: "contact",
				columns: [
					"organization_contact_id",
					"bioinformatician_contact_id",
					"contact_person_id",
					"billing_contact_id",
					"principal_investigator_contact_id",
				],
			},
			{ table: "event", columns: ["sample_submission_event_id"] },
		],
		clientColumns: [
			"name",
			"description",
			"status_id",
			"timestamp_submitted_utc",
			"timestamp_finished_utc",
			"data_delivery_mode_id",
			"read_type_id",
			"submission_type_id",
			"read_length",
			"num_lanes",
			"special_requirements",
			"billing_code",
			"requestor_id",
			"group_id",
		],
	},
	project: {
		table: "project",
		parts: [
			forClients(member("sample", "project_id")),
			part("data_path", "project_id"),
			part("project_assignee_link", "project_id"),
		],
		targets: [{ table: "share_token", columns: ["share_token_id"] }],
		clientColumns: ["identifier", "title", "description", "status_id", "owner_id", "group_id"],
	},
	sample: {
		table: "sample",
		parts: [forClients(part("sample_library_link", "sample_id")), part("sample_plate_link", "sample_id")],
		clientColumns: ["name", "status_id", "project_id", "attributes", "owner_id"],
	},
	library: {
		table: "library",
		parts: [
			forClients(part("sample_library_link", "library_id")),
			part("library_index", "library_id"),
			part("library_feature_link", "library_id"),
			part("sample_plate_link", "library_id"),
			part("data_path", "library_id"),
			part("seq_quality", "library_id"),
		],
		clientColumns: ["name", "status_id", "type_id", "genome_ref_id", "service_type_id", "seq_depth_requested", "owner_id"],
	},
	pool: {
		table: "pool",
		parts: [forClients(member("library", "pool_id")), part("pool_dilution", "pool_id"), part("lane_pool_link", "pool_id")],
		targets: [{ table: "contact", columns: ["contact_id"] }],
		clientColumns: ["name", "status_id", "type_id", "num_m_reads_requested", "owner_id"],
	},
	experiment: {
		table: "experiment",
		parts: [
			member("pool", "experiment_id"),
			part("lane", "experiment_id"),
			part("lane_pool_link", "experiment_id"),
			part("media_file", "experiment_id"),
			part("comment", "experiment_id"),
			part("data_path", "experiment_id"),
		],
		clientColumns: [],
	},
	labPrep: {
		table: "lab_prep",
		parts: [
			member("library", "lab_prep_id"),
			member("pool", "lab_prep_id"),
			part("plate", "lab_prep_id"),
			part("media_file", "lab_prep_id"),
			part("comment", "lab_prep_id"),
		],
		clientColumns: [],
	},
	run: { table: "seq_run", parts: [], clientColumns: [] },
	user: {
		table: "lims_user",
		parts: [
			forClients(part("user_affiliation", "user_id")),
			forClients(part("api_token", "owner_id")),
			forClients(part("passkey", "user_id")),
			forClients(part("two_factor", "user_id")),
			forClients(part("external_identity", "user_id")),
			part("notification_preference", "user_id"),
		],
		clientColumns: ["first_name", "last_name", "email", "password", "role_id"],
	},
	group: {
		table: "group",
		parts: [forClients(part("user_affiliation", "group_id")), member("project", "group_id"), member("seq_request", "group_id")],
		clientColumns: ["name", "type_id"],
	},
	kit: {
		table: "kit",
		twins: ["index_kit", "feature_kit"],
		parts: [part("adapter", "index_kit_id"), part("barcode", "index_kit_id"), part("feature", "feature_kit_id")],
		clientColumns: [],
	},
};

/** Whether an event is of the object itself and not of a row that belongs to it. */
export function isOwnEvent(event: TrailEvent, entity: HistoryEntity): boolean {
	const { table, twins } = historyScopes[entity];
	return event.table === table || (twins?.includes(event.table) ?? false);
}

/** What a history shows of an event: of a member that came or went only that, to clients only the columns that are open to them. */
export function narrowEvent(event: TrailEvent, entity: HistoryEntity, id: number, isStaff: boolean): TrailEvent {
	const scope = historyScopes[entity];
	if (event.action !== "U") return event;
	if (isOwnEvent(event, entity)) {
		if (isStaff) return event;
		const changes = Object.fromEntries(Object.entries(event.changes).filter(([column]) => scope.clientColumns.includes(column)));
		return { ...event, changes };
	}
	const membership = scope.parts.find(
		({ table, as, column }) => table === event.table && as === "member" && column in event.changes,
	);
	if (!membership) return event;
	const change = event.changes[membership.column];
	const after: unknown = Array.isArray(change) ? change[1] : null;
	return { ...event, action: after === id ? "I" : "D", changes: {} };
}
