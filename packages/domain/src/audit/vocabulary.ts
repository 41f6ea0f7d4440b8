// What tables and columns are called in sentences about changes. A column that is not named here is called after itself.
import {
	AffiliationType,
	AttributeType,
	BarcodeOrientation,
	BarcodeType,
	DataDeliveryMode,
	DataPathType,
	DeliveryStatus,
	type Enumeration,
	ExperimentStatus,
	ExperimentWorkflow,
	FeatureType,
	FlowCellType,
	GenomeRef,
	GroupType,
	IndexType,
	KitType,
	LabChecklistType,
	LibraryStatus,
	LibraryType,
	MediaFileType,
	MuxType,
	PoolStatus,
	PoolType,
	PrepStatus,
	ProjectStatus,
	ReadType,
	RunStatus,
	SampleStatus,
	SeqRequestStatus,
	SequencerModel,
	ServiceType,
	SubmissionType,
	TaskStatus,
	UserRole,
} from "../catalog.ts";

/** What a value of a column means. */
export type ColumnMeaning =
	| { readonly label: string; readonly kind: "text" }
	/** An id of the catalog. */
	| { readonly label: string; readonly kind: "catalog"; readonly of: Enumeration }
	/** The number of a row of another table. */
	| { readonly label: string; readonly kind: "reference"; readonly table: string }
	| { readonly label: string; readonly kind: "time" }
	/** Too long or too involved for a sentence: only said to have changed. */
	| { readonly label: string; readonly kind: "details" };

/** What a table holds. */
export interface TableMeaning {
	/** One row, with its article: "a library". */
	readonly one: string;
	readonly many: string;
	/** Columns that tell a row from others, in the order in which they are said. */
	readonly naming: readonly string[];
	/** Columns of the primary key; `id` unless given. */
	readonly key?: readonly string[];
	readonly columns?: Readonly<Record<string, ColumnMeaning>>;
}

const text = (label: string): ColumnMeaning => ({ label, kind: "text" });
const catalog = (label: string, of: Enumeration): ColumnMeaning => ({ label, kind: "catalog", of });
const reference = (label: string, table: string): ColumnMeaning => ({ label, kind: "reference", table });
const time = (label: string): ColumnMeaning => ({ label, kind: "time" });
const details = (label: string): ColumnMeaning => ({ label, kind: "details" });

/** Columns that mean the same in every table. */
const commonColumns: Readonly<Record<string, ColumnMeaning>> = {
	owner_id: reference("owner", "lims_user"),
	user_id: reference("user", "lims_user"),
	requestor_id: reference("requestor", "lims_user"),
	operator_id: reference("operator", "lims_user"),
	creator_id: reference("creator", "lims_user"),
	uploader_id: reference("uploader", "lims_user"),
	author_id: reference("author", "lims_user"),
	group_id: reference("group", "group"),
	seq_request_id: reference("request", "seq_request"),
	project_id: reference("project", "project"),
	sample_id: reference("sample", "sample"),
	library_id: reference("library", "library"),
	original_library_id: reference("original library", "library"),
	pool_id: reference("pool", "pool"),
	original_pool_id: reference("original pool", "pool"),
	merged_to_pool_id: reference("merged pool", "pool"),
	experiment_id: reference("experiment", "experiment"),
	lab_prep_id: reference("lab prep", "lab_prep"),
	lane_id: reference("lane", "lane"),
	plate_id: reference("plate", "plate"),
	kit_id: reference("kit", "kit"),
	index_kit_id: reference("index kit", "kit"),
	index_kit_i7_id: reference("i7 kit", "kit"),
	index_kit_i5_id: reference("i5 kit", "kit"),
	feature_kit_id: reference("feature kit", "kit"),
	feature_id: reference("feature", "feature"),
	protocol_id: reference("protocol", "protocol"),
	sequencer_id: reference("sequencer", "sequencer"),
	ba_report_id: reference("fragment report", "media_file"),
	file_id: reference("file", "media_file"),
	contact_id: reference("contact", "contact"),
	organization_contact_id: reference("organization", "contact"),
	bioinformatician_contact_id: reference("bioinformatician", "contact"),
	contact_person_id: reference("contact person", "contact"),
	billing_contact_id: reference("billing contact", "contact"),
	principal_investigator_contact_id: reference("principal investigator", "contact"),
	share_token_id: reference("share link", "share_token"),
	sample_submission_event_id: reference("appointment", "event"),
	dilution_id: reference("dilution", "pool_dilution"),
	email: text("e-mail address"),
	qubit_concentration: text("concentration (ng/µl)"),
	original_qubit_concentration: text("original concentration (ng/µl)"),
	sequencing_qubit_concentration: text("concentration for sequencing (ng/µl)"),
	avg_fragment_size: text("fragment size (bp)"),
	volume: text("volume (µl)"),
	volume_ul: text("volume (µl)"),
	total_volume_ul: text("total volume (µl)"),
	library_volume_ul: text("library volume (µl)"),
	num_m_reads: text("reads (millions)"),
	num_m_reads_requested: text("requested reads (millions)"),
	seq_depth_requested: text("requested depth (million reads)"),
	qc_comment: text("QC comment"),
	num_lanes: text("number of lanes"),
	timestamp_stored_utc: time("time of storing"),
	timestamp_submitted_utc: time("time of submission"),
	timestamp_finished_utc: time("time of completion"),
	timestamp_created_utc: time("time of creation"),
	timestamp_utc: time("time"),
	expires_at: time("expiry"),
	confirmed_at: time("time of confirmation"),
	used_at: time("time of use"),
	genome_ref_id: catalog("genome", GenomeRef),
	service_type_id: catalog("service", ServiceType),
	mux_type_id: catalog("multiplexing", MuxType),
	index_type_id: catalog("kind of index", IndexType),
	role_id: catalog("role", UserRole),
	affiliation_type_id: catalog("standing", AffiliationType),
	data_delivery_mode_id: catalog("data delivery", DataDeliveryMode),
	read_type_id: catalog("read type", ReadType),
	submission_type_id: catalog("kind of submission", SubmissionType),
	workflow_id: catalog("workflow", ExperimentWorkflow),
	checklist_type_id: catalog("checklist", LabChecklistType),
	kit_type_id: catalog("kind", KitType),
	model_id: catalog("model", SequencerModel),
	task_status_id: catalog("status", TaskStatus),
	flow_cell_type_id: catalog("flow cell", FlowCellType),
	orientation: catalog("orientation", BarcodeOrientation),
	attribute_type_id: catalog("kind of attribute", AttributeType),
	attributes: details("attributes"),
	properties: details("properties"),
	qc: details("QC figures"),
	mux: details("multiplexing"),
	software: details("software"),
	review_checklist: details("review checklist"),
	merge_ratios: details("ratios of the merge"),
	timestamps: details("times of the run"),
	quantities: details("figures of the run"),
	value: details("value"),
};

/** Tables by name. */
export const tableMeanings: Readonly<Record<string, TableMeaning>> = {
	seq_request: {
		one: "the request",
		many: "requests",
		naming: ["name"],
		columns: { status_id: catalog("status", SeqRequestStatus) },
	},
	project: { one: "the project", many: "projects", naming: ["title"], columns: { status_id: catalog("status", ProjectStatus) } },
	sample: { one: "sample", many: "samples", naming: ["name"], columns: { status_id: catalog("status", SampleStatus) } },
	library: {
		one: "library",
		many: "libraries",
		naming: ["name"],
		columns: { status_id: catalog("status", LibraryStatus), type_id: catalog("type", LibraryType) },
	},
	pool: {
		one: "pool",
		many: "pools",
		naming: ["name"],
		columns: { status_id: catalog("status", PoolStatus), type_id: catalog("type", PoolType) },
	},
	experiment: {
		one: "experiment",
		many: "experiments",
		naming: ["name"],
		columns: { status_id: catalog("status", ExperimentStatus) },
	},
	lab_prep: { one: "lab prep", many: "lab preps", naming: ["name"], columns: { status_id: catalog("status", PrepStatus) } },
	seq_run: { one: "run", many: "runs", naming: ["experiment_name"], columns: { status_id: catalog("status", RunStatus) } },
	lims_user: { one: "the account", many: "accounts", naming: ["first_name", "last_name"] },
	group: { one: "group", many: "groups", naming: ["name"], columns: { type_id: catalog("kind", GroupType) } },
	kit: { one: "kit", many: "kits", naming: ["name"] },
	index_kit: {
		one: "index kit",
		many: "index kits",
		naming: ["id"],
		columns: { id: reference("kit", "kit"), type_id: catalog("kind", IndexType) },
	},
	feature_kit: {
		one: "feature kit",
		many: "feature kits",
		naming: ["id"],
		columns: { id: reference("kit", "kit"), type_id: catalog("kind", FeatureType) },
	},
	adapter: { one: "adapter", many: "adapters", naming: ["well"] },
	barcode: { one: "index", many: "indices", naming: ["name"], columns: { type_id: catalog("kind", BarcodeType) } },
	feature: { one: "feature", many: "features", naming: ["name"], columns: { type_id: catalog("kind", FeatureType) } },
	protocol: { one: "protocol", many: "protocols", naming: ["name"] },
	protocol_kit_link: { one: "kit", many: "kits", naming: ["kit_id"], key: ["protocol_id", "kit_id", "combination_num"] },
	sequencer: { one: "sequencer", many: "sequencers", naming: ["name"] },
	contact: { one: "contact", many: "contacts", naming: ["name"] },
	comment: { one: "comment", many: "comments", naming: ["text"] },
	media_file: { one: "file", many: "files", naming: ["name"], columns: { type_id: catalog("kind", MediaFileType) } },
	data_path: { one: "data path", many: "data paths", naming: ["path"], columns: { type_id: catalog("kind", DataPathType) } },
	share_token: { one: "share link", many: "share links", naming: ["id"] },
	share_path: { one: "shared path", many: "shared paths", naming: ["path"] },
	seq_request_delivery_email_link: {
		one: "delivery address",
		many: "delivery addresses",
		naming: ["email"],
		key: ["seq_request_id", "email"],
		columns: { status_id: catalog("status", DeliveryStatus) },
	},
	seq_request_assignee_link: { one: "assignee", many: "assignees", naming: ["user_id"], key: ["seq_request_id", "user_id"] },
	project_assignee_link: { one: "assignee", many: "assignees", naming: ["user_id"], key: ["project_id", "user_id"] },
	user_affiliation: { one: "member", many: "members", naming: ["user_id", "group_id"], key: ["user_id", "group_id"] },
	api_token: { one: "API token", many: "API tokens", naming: ["name"] },
	passkey: { one: "passkey", many: "passkeys", naming: ["name"] },
	two_factor: { one: "second factor", many: "second factors", naming: [], key: ["user_id"] },
	recovery_code: { one: "recovery code", many: "recovery codes", naming: [] },
	external_identity: { one: "sign-in through", many: "identities", naming: ["provider"] },
	notification_preference: { one: "notification", many: "notifications", naming: ["kind"], key: ["user_id", "kind"] },
	notification_opt_out: {
		one: "declined notification",
		many: "declined notifications",
		naming: ["email", "kind"],
		key: ["email", "kind"],
	},
	setting: { one: "setting", many: "settings", naming: ["key"], key: ["key"] },
	event: { one: "appointment", many: "appointments", naming: ["title"] },
	plate: { one: "plate", many: "plates", naming: ["name"] },
	sample_plate_link: { one: "well", many: "wells", naming: ["well_idx", "plate_id"], key: ["plate_id", "well_idx"] },
	sample_library_link: {
		one: "link of",
		many: "links of samples and libraries",
		naming: ["sample_id", "library_id"],
		key: ["sample_id", "library_id"],
	},
	library_index: { one: "index", many: "indices", naming: ["name_i7", "name_i5"] },
	library_feature_link: { one: "feature", many: "features", naming: ["feature_id"], key: ["library_id", "feature_id"] },
	lane: { one: "lane", many: "lanes", naming: ["number"] },
	lane_pool_link: { one: "pool on lane", many: "pools on lanes", naming: ["pool_id", "lane_num"], key: ["lane_id", "pool_id"] },
	pool_dilution: { one: "dilution", many: "dilutions", naming: ["identifier"] },
	seq_quality: { one: "read figures of lane", many: "read figures", naming: ["lane"] },
	flow_cell_design: { one: "flow cell design", many: "flow cell designs", naming: ["name"] },
	pool_design: { one: "pool design", many: "pool designs", naming: ["name"] },
	todo_comment: { one: "note", many: "notes", naming: ["text"], columns: { task_status_id: catalog("status", TaskStatus) } },
};

/** Words for a table; one that is not known is called after itself. */
export function meaningOfTable(table: string): TableMeaning {
	const words = table.replaceAll("_", " ");
	return Object.hasOwn(tableMeanings, table) ? (tableMeanings[table] as TableMeaning) : { one: words, many: words, naming: [] };
}

/** Words for a column; one that is not known is called after itself, without `_id`. */
export function meaningOfColumn(table: string, column: string): ColumnMeaning {
	const own = meaningOfTable(table).columns;
	if (own && Object.hasOwn(own, column)) return own[column] as ColumnMeaning;
	if (Object.hasOwn(commonColumns, column)) return commonColumns[column] as ColumnMeaning;
	return text(column.replace(/_id$/, "").replaceAll("_", " "));
}
