// Rows with sensible values for tests: give only what the test is about. References that are not given are made.
import {
	AffiliationType,
	DataDeliveryMode,
	ExperimentStatus,
	ExperimentWorkflow,
	GenomeRef,
	GroupType,
	type IdOf,
	LabChecklistType,
	LibraryStatus,
	LibraryType,
	PoolStatus,
	PoolType,
	PrepStatus,
	ProjectStatus,
	ReadType,
	SampleStatus,
	SeqRequestStatus,
	SequencerModel,
	ServiceType,
	SubmissionType,
	UserRole,
} from "@opengsync/domain/catalog";
import type { Insertable, Selectable } from "kysely";
import type { Db } from "../connection.ts";
import type { Database } from "../database.gen.ts";

type Row<T extends keyof Database> = Selectable<Database[T]>;
type Values<T extends keyof Database> = Partial<Insertable<Database[T]>>;

let counter = 0;

/** A number that no other row of this test file has got. */
function next(): number {
	counter += 1;
	return counter;
}

/** A user, a client unless told otherwise; the password is not a valid hash. */
export function createUser(db: Db, values: Values<"lims_user"> = {}): Promise<Row<"lims_user">> {
	const n = next();
	return db
		.insertInto("lims_user")
		.values({
			first_name: "Test",
			last_name: `User ${n}`,
			email: `user-${n}@example.org`,
			password: "!",
			role_id: UserRole.CLIENT.id,
			...values,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** Standing of the members to be added, by user id. */
export type Members = Record<number, IdOf<typeof AffiliationType>>;

/** A group with the given members; an owner is made when none is given. */
export async function createGroup(db: Db, values: Values<"group"> = {}, members: Members = {}): Promise<Row<"group">> {
	const group = await db
		.insertInto("group")
		.values({ name: `Group ${String(next()).padStart(4, "0")}`, type_id: GroupType.RESEARCH_GROUP.id, ...values })
		.returningAll()
		.executeTakeFirstOrThrow();
	const all: Members = { ...members };
	if (!Object.values(all).includes(AffiliationType.OWNER.id)) all[(await createUser(db)).id] = AffiliationType.OWNER.id;
	const rows = Object.entries(all).map(([user, type]) => ({
		user_id: Number(user),
		group_id: group.id,
		affiliation_type_id: type,
	}));
	await db.insertInto("user_affiliation").values(rows).execute();
	return group;
}

/** A contact. */
export function createContact(db: Db, values: Values<"contact"> = {}): Promise<Row<"contact">> {
	return db
		.insertInto("contact")
		.values({ name: `Contact ${next()}`, ...values })
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft request of raw samples with its three contacts. */
export async function createRequest(db: Db, values: Values<"seq_request"> = {}): Promise<Row<"seq_request">> {
	return db
		.insertInto("seq_request")
		.values({
			name: `Request ${next()}`,
			data_delivery_mode_id: DataDeliveryMode.READS_ONLY.id,
			read_type_id: ReadType.PAIRED_END.id,
			submission_type_id: SubmissionType.RAW_SAMPLES.id,
			status_id: SeqRequestStatus.DRAFT.id,
			...values,
			requestor_id: values.requestor_id ?? (await createUser(db)).id,
			organization_contact_id: values.organization_contact_id ?? (await createContact(db)).id,
			contact_person_id: values.contact_person_id ?? (await createContact(db)).id,
			billing_contact_id: values.billing_contact_id ?? (await createContact(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft project. */
export async function createProject(db: Db, values: Values<"project"> = {}): Promise<Row<"project">> {
	return db
		.insertInto("project")
		.values({
			title: `Project ${next()}`,
			status_id: ProjectStatus.DRAFT.id,
			...values,
			owner_id: values.owner_id ?? (await createUser(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft sample. */
export async function createSample(db: Db, values: Values<"sample"> = {}): Promise<Row<"sample">> {
	return db
		.insertInto("sample")
		.values({
			name: `sample_${next()}`,
			status_id: SampleStatus.DRAFT.id,
			...values,
			owner_id: values.owner_id ?? (await createUser(db)).id,
			project_id: values.project_id ?? (await createProject(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft library of bulk RNA. */
export async function createLibrary(db: Db, values: Values<"library"> = {}): Promise<Row<"library">> {
	const sampleName = values.sample_name ?? `sample_${next()}`;
	return db
		.insertInto("library")
		.values({
			name: `${sampleName}_${LibraryType.BULK_RNA_SEQ.identifier}`,
			type_id: LibraryType.BULK_RNA_SEQ.id,
			status_id: LibraryStatus.DRAFT.id,
			genome_ref_id: GenomeRef.HUMAN.id,
			service_type_id: ServiceType.BULK_RNA_SEQ.id,
			...values,
			sample_name: sampleName,
			owner_id: values.owner_id ?? (await createUser(db)).id,
			seq_request_id: values.seq_request_id ?? (await createRequest(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft pool made by the facility, with its contact. */
export async function createPool(db: Db, values: Values<"pool"> = {}): Promise<Row<"pool">> {
	return db
		.insertInto("pool")
		.values({
			name: `pool_${next()}`,
			type_id: PoolType.INTERNAL.id,
			status_id: PoolStatus.DRAFT.id,
			...values,
			owner_id: values.owner_id ?? (await createUser(db)).id,
			contact_id: values.contact_id ?? (await createContact(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A sequencer. */
export function createSequencer(db: Db, values: Values<"sequencer"> = {}): Promise<Row<"sequencer">> {
	return db
		.insertInto("sequencer")
		.values({ name: `Sequencer ${next()}`, model_id: SequencerModel.NOVA_SEQ_6000.id, ...values })
		.returningAll()
		.executeTakeFirstOrThrow();
}

/** A draft experiment and its lanes (two unless told otherwise). */
export async function createExperiment(
	db: Db,
	values: Values<"experiment"> = {},
	numLanes = 2,
): Promise<Row<"experiment"> & { lanes: Row<"lane">[] }> {
	const experiment = await db
		.insertInto("experiment")
		.values({
			name: `Experiment ${next()}`,
			workflow_id: ExperimentWorkflow.NOVASEQ_6K_SP_STD.id,
			status_id: ExperimentStatus.DRAFT.id,
			...values,
			operator_id: values.operator_id ?? (await createUser(db, { role_id: UserRole.TECHNICIAN.id })).id,
			sequencer_id: values.sequencer_id ?? (await createSequencer(db)).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
	const numbers = Array.from({ length: numLanes }, (_, index) => ({ number: index + 1, experiment_id: experiment.id }));
	const lanes = numLanes === 0 ? [] : await db.insertInto("lane").values(numbers).returningAll().execute();
	return { ...experiment, lanes };
}

/** A prep without libraries, in preparation. */
export async function createLabPrep(db: Db, values: Values<"lab_prep"> = {}): Promise<Row<"lab_prep">> {
	const n = next();
	return db
		.insertInto("lab_prep")
		.values({
			name: `Prep ${n}`,
			prep_number: n,
			checklist_type_id: LabChecklistType.CUSTOM.id,
			service_type_id: ServiceType.CUSTOM.id,
			status_id: PrepStatus.PREPARING.id,
			...values,
			creator_id: values.creator_id ?? (await createUser(db, { role_id: UserRole.TECHNICIAN.id })).id,
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}
