import {
	AffiliationType,
	BarcodeOrientation,
	DataDeliveryMode,
	GenomeRef,
	GroupType,
	LibraryStatus,
	LibraryType,
	PoolStatus,
	PoolType,
	ProjectStatus,
	ReadType,
	SampleStatus,
	SeqRequestStatus,
	ServiceType,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import pg from "pg";

/** Number of rows of each kind. */
export interface BenchSize {
	readonly users: number;
	readonly groups: number;
	readonly requests: number;
	readonly projects: number;
	readonly samples: number;
	readonly libraries: number;
	readonly pools: number;
}

/** A busy core facility after ten years: the size that measurements are made at. */
export const busyCoreAfterTenYears: BenchSize = {
	users: 3_000,
	groups: 600,
	requests: 12_000,
	projects: 6_000,
	samples: 150_000,
	libraries: 200_000,
	pools: 15_000,
};

const words = "liver brain lung kidney heart spleen colon retina skin marrow blood tumour organoid thymus muscle ovary".split(
	" ",
);
const conditions = "ctrl wt ko het treated naive mock day0 day7 day14 relapse primary".split(" ");

/** An SQL expression that picks one of the texts by a number expression. */
function pickText(texts: readonly string[], number: string): string {
	return `(array[${texts.map((text) => `'${text}'`).join(",")}])[1 + (${number}) % ${texts.length}]`;
}

/** An SQL expression that picks one of the ids by a number expression. */
function pickId(ids: readonly number[], number: string): string {
	return `(array[${ids.join(",")}])[1 + (${number}) % ${ids.length}]`;
}

/** Spreads consecutive numbers over a range, the same in every run. */
function scatter(number: string, range: number, salt: number): string {
	return `(1 + abs(hashint4(${number} + ${salt * 1_000_003})::bigint) % ${range})`;
}

/** Statements that fill an empty, migrated database; rows are numbered from 1 in each table. */
function fillStatements(size: BenchSize): string[] {
	const { users, groups, requests, projects, samples, libraries, pools } = size;
	const samplesPerRequest = `1 + n * ${requests}::bigint / ${libraries}`;
	const libraryTypes = [LibraryType.BULK_RNA_SEQ, LibraryType.TENX_SC_GEX_3PRIME, LibraryType.WGS, LibraryType.ATAC_SEQ];
	const libraryStatuses = [
		LibraryStatus.SEQUENCED.id,
		LibraryStatus.SHARED.id,
		LibraryStatus.SHARED.id,
		LibraryStatus.POOLED.id,
		LibraryStatus.FAILED.id,
	];
	const requestStatuses = [SeqRequestStatus.FINISHED.id, SeqRequestStatus.FINISHED.id, SeqRequestStatus.DATA_PROCESSING.id];
	const sampleName = `${pickText(words, "n")} || '_' || ${pickText(conditions, "n / 7")} || '_rep' || (1 + n % 6) || '_' || n`;
	const bases = (salt: number) => `translate(left(md5(n || '/${salt}'), 10), '0123456789abcdef', 'ACGTACGTACGTACGT')`;
	return [
		`insert into lims_user (first_name, last_name, email, password, role_id)
			select initcap(${pickText(words, "n")}), 'Example ' || n, 'user-' || n || '@example.org', '!',
				case when n = 1 then ${UserRole.ADMIN.id} when n % 100 = 0 then ${UserRole.TECHNICIAN.id} else ${UserRole.CLIENT.id} end
			from generate_series(1, ${users}) as n`,
		`insert into "group" (name, type_id) select 'Research group ' || n, ${GroupType.RESEARCH_GROUP.id} from generate_series(1, ${groups}) as n`,
		`insert into user_affiliation (user_id, group_id, affiliation_type_id)
			select n, ${scatter("n", groups, 1)}, case when n <= ${groups} then ${AffiliationType.OWNER.id} else ${AffiliationType.MEMBER.id} end
			from generate_series(1, ${users}) as n`,
		`insert into contact (name, email) select 'Contact ' || n, 'contact-' || n || '@example.org'
			from generate_series(1, ${3 * requests + pools}) as n`,
		`insert into seq_request (name, data_delivery_mode_id, read_type_id, submission_type_id, status_id, timestamp_submitted_utc,
				organization_contact_id, contact_person_id, billing_contact_id, requestor_id, group_id)
			select initcap(${pickText(words, "n")}) || ' ' || ${pickText(conditions, "n / 5")} || ' series ' || n, ${DataDeliveryMode.READS_ONLY.id},
				${ReadType.PAIRED_END.id}, ${SubmissionType.RAW_SAMPLES.id}, ${pickId(requestStatuses, "n")}, now() - make_interval(hours => 7 * n),
				3 * n - 2, 3 * n - 1, 3 * n, ${scatter("n", users, 2)}, case when n % 2 = 0 then ${scatter("n", groups, 3)} end
			from generate_series(1, ${requests}) as n`,
		`insert into project (title, status_id, owner_id, group_id)
			select initcap(${pickText(words, "n")}) || ' atlas ' || n, ${ProjectStatus.DELIVERED.id}, ${scatter("n", users, 4)},
				case when n % 2 = 0 then ${scatter("n", groups, 5)} end
			from generate_series(1, ${projects}) as n`,
		`insert into sample (name, status_id, project_id, owner_id)
			select ${sampleName}, ${SampleStatus.STORED.id}, 1 + n * ${projects - 1}::bigint / ${samples}, ${scatter("n", users, 6)}
			from generate_series(1, ${samples}) as n`,
		`insert into pool (name, status_id, type_id, owner_id, seq_request_id, contact_id)
			select 'pool_' || ${pickText(words, "n")} || '_' || n, ${PoolStatus.SEQUENCED.id}, ${PoolType.INTERNAL.id}, ${scatter("n", users, 7)},
				${scatter("n", requests, 8)}, ${3 * requests} + n
			from generate_series(1, ${pools}) as n`,
		`insert into library (name, sample_name, type_id, status_id, genome_ref_id, service_type_id, owner_id, seq_request_id, pool_id)
			select name || '_' || ${pickText(
				libraryTypes.map((type) => type.identifier),
				"n",
			)}, name, ${pickId(
				libraryTypes.map((type) => type.id),
				"n",
			)},
				${pickId(libraryStatuses, "n / 3")}, ${GenomeRef.HUMAN.id}, ${ServiceType.BULK_RNA_SEQ.id}, ${scatter("n", users, 9)},
				least(${requests}, ${samplesPerRequest}), 1 + n * ${pools - 1}::bigint / ${libraries}
			from (select n, ${sampleName} as name from generate_series(1, ${libraries}) as n) as numbered`,
		`insert into sample_library_link (sample_id, library_id)
			select 1 + (n - 1) % ${samples}, n from generate_series(1, ${libraries}) as n`,
		`insert into library_index (library_id, name_i7, name_i5, sequence_i7, sequence_i5, orientation)
			select n, 'UDI' || n % 384, 'UDI' || n % 384, ${bases(7)}, ${bases(5)}, ${BarcodeOrientation.FORWARD.id}
			from generate_series(1, ${libraries}) as n`,
	];
}

/**
 * Fills an empty, migrated database with one statement per table and analyses it. Neither the audit trail nor the references are
 * checked meanwhile, which needs the rights of the database's superuser: for measurements only.
 */
export async function fillDatabase(ownerUrl: string, size: BenchSize): Promise<void> {
	const client = new pg.Client({ connectionString: ownerUrl });
	await client.connect();
	try {
		await client.query("set session_replication_role = replica");
		await client.query("set synchronous_commit = off");
		for (const statement of fillStatements(size)) await client.query(statement);
		await client.query("vacuum analyze");
	} finally {
		await client.end();
	}
}
