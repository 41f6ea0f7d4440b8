// Names of the rows that sentences about changes speak of.
import type { RowReference } from "@opengsync/domain/audit/describe";
import { isInsider } from "@opengsync/domain/roles";
import { type RawBuilder, sql } from "kysely";
import {
	type Viewer,
	visibleGroups,
	visibleLibraries,
	visiblePools,
	visibleProjects,
	visibleRequests,
	visibleSamples,
	visibleToInsiders,
} from "../access.ts";
import type { Reader } from "../transaction.ts";

/** What a row is called. */
export interface RowName {
	readonly table: string;
	readonly id: number;
	readonly label: string;
	/** Catalog userRole, of users only. */
	readonly roleId: number | null;
}

interface NameSource {
	readonly label: RawBuilder<string>;
	readonly visible: (viewer: Viewer) => RawBuilder<boolean>;
}

const column = (name: string): RawBuilder<string> => sql<string>`x.${sql.ref(name)}::text`;
const everybody = () => sql<boolean>`true`;
const staff = (viewer: Viewer) => visibleToInsiders(viewer);

const sources: Readonly<Record<string, NameSource>> = {
	lims_user: { label: sql`x.first_name || ' ' || x.last_name`, visible: everybody },
	seq_request: { label: column("name"), visible: (viewer) => visibleRequests(viewer, "x") },
	project: { label: column("title"), visible: (viewer) => visibleProjects(viewer, "x") },
	sample: { label: column("name"), visible: (viewer) => visibleSamples(viewer, "x") },
	library: { label: column("name"), visible: (viewer) => visibleLibraries(viewer, "x") },
	pool: { label: column("name"), visible: (viewer) => visiblePools(viewer, "x") },
	group: { label: column("name"), visible: (viewer) => visibleGroups(viewer, "x") },
	experiment: { label: column("name"), visible: staff },
	lab_prep: { label: column("name"), visible: staff },
	seq_run: { label: column("experiment_name"), visible: staff },
	kit: { label: column("name"), visible: everybody },
	feature: { label: column("name"), visible: everybody },
	protocol: { label: column("name"), visible: everybody },
	sequencer: { label: column("name"), visible: staff },
	contact: { label: column("name"), visible: staff },
	media_file: { label: column("name"), visible: staff },
	comment: { label: sql`left(x.text, 60)`, visible: staff },
	plate: { label: column("name"), visible: staff },
	lane: { label: column("number"), visible: staff },
	pool_dilution: { label: column("identifier"), visible: staff },
	data_path: { label: column("path"), visible: staff },
	api_token: { label: column("name"), visible: staff },
	passkey: { label: column("name"), visible: staff },
	event: { label: column("title"), visible: staff },
	adapter: { label: column("well"), visible: everybody },
	barcode: { label: column("name"), visible: everybody },
	library_index: { label: sql`concat_ws(', ', x.name_i7, x.name_i5)`, visible: staff },
};

/** Names of rows that exist and that the viewer may see, in one statement. Clients read "Facility staff" for members of staff. */
export async function findRowNames(reader: Reader, viewer: Viewer, rows: readonly RowReference[]): Promise<RowName[]> {
	const byTable = Map.groupBy(
		rows.filter(({ table }) => Object.hasOwn(sources, table)),
		(row) => row.table,
	);
	if (byTable.size === 0) return [];
	const selects = [...byTable].map(([table, references]) => {
		const source = sources[table] as NameSource;
		const role = table === "lims_user" ? sql`x.role_id::integer` : sql`NULL::integer`;
		return sql`SELECT ${sql.lit(table)} AS "table", x.id, ${source.label} AS label, ${role} AS "roleId" FROM ${sql.table(table)} x
			WHERE x.id = ANY(${references.map(({ id }) => id)}) AND ${source.visible(viewer)}`;
	});
	const { rows: names } = await sql<RowName>`${sql.join(selects, sql` UNION ALL `)}`.execute(reader);
	if (isInsider(viewer.roleId)) return names;
	return names.map((name) => (name.roleId !== null && isInsider(name.roleId) ? { ...name, label: "Facility staff" } : name));
}
