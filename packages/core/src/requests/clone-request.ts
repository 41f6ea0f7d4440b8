import { AccessType, LibraryStatus, SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { clonedRequestName } from "@opengsync/domain/clone-names";
import { uniqueEmails } from "@opengsync/domain/email";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotPossibleError } from "../errors.ts";
import { cloneLibraries } from "../libraries/clone-libraries.ts";
import { clonePools } from "./clone-pools.ts";
import { contactColumns } from "./contacts.ts";
import { writeFirstDeliveryEmails } from "./delivery-emails.ts";
import { loadRequestForChange, type RequestForChange } from "./load-for-change.ts";
import { requireRequestAction } from "./require-action.ts";

/** What is sequenced again: the pools as they are, the indexed libraries, or the samples prepared anew. */
export type CloneMethod = "pooled" | "indexed" | "raw";

const submissionTypes = {
	pooled: SubmissionType.POOLED_LIBRARIES.id,
	indexed: SubmissionType.UNPOOLED_LIBRARIES.id,
	raw: SubmissionType.RAW_SAMPLES.id,
} as const satisfies Record<CloneMethod, number>;

interface LibraryToClone {
	readonly id: number;
	readonly pool_id: number | null;
}

/**
 * Clones a request as a new draft of the same requestor: texts, settings and copies of the contacts, then its libraries by the chosen
 * method (requests-and-annotation.md §2.8). For staff.
 * @returns id of the clone
 * @throws NotFoundError, ForbiddenError, NotPossibleError for *pooled* when no library is in a pool
 */
export async function cloneRequest(context: CommandContext, requestId: number, method: CloneMethod): Promise<number> {
	const { tx, viewer } = context;
	const request = await loadRequestForChange(tx, viewer, requestId, AccessType.VIEW.id);
	requireRequestAction("clone", request);
	const { rows: libraries } = await sql<LibraryToClone>`
		SELECT id, pool_id FROM library WHERE seq_request_id = ${requestId} ORDER BY id`.execute(tx);
	const poolIds = [...new Set(libraries.map((library) => library.pool_id).filter((id) => id !== null))];
	if (method === "pooled" && poolIds.length === 0) {
		throw new NotPossibleError("No library of this request is in a pool: clone the libraries instead.");
	}
	const cloneId = await copyRequest(context, request, method);
	if (method === "raw") {
		await cloneLibraries(tx, idsOf(libraries), {
			withIndices: false,
			statusId: LibraryStatus.ACCEPTED.id,
			requestId: cloneId,
		});
		return cloneId;
	}
	const pools = method === "pooled" ? await clonePools(context, poolIds, cloneId) : new Map<number, number>();
	const inPool = libraries.filter((library) => library.pool_id !== null && pools.has(library.pool_id));
	const loose = libraries.filter((library) => !inPool.includes(library));
	const shared = { withIndices: true, requestId: cloneId };
	await cloneLibraries(tx, idsOf(inPool), { ...shared, statusId: LibraryStatus.POOLED.id, poolIds: pools });
	await cloneLibraries(tx, idsOf(loose), { ...shared, statusId: LibraryStatus.STORED.id });
	return cloneId;
}

const idsOf = (libraries: readonly LibraryToClone[]) => libraries.map((library) => library.id);

/** The request itself, with contacts of its own and its first delivery addresses. */
async function copyRequest({ tx }: CommandContext, request: RequestForChange, method: CloneMethod): Promise<number> {
	const contacts: Record<string, number | null> = {};
	for (const column of contactColumns) contacts[column] = await copyContact(tx, request[column]);
	const { rows } = await sql<{ id: number; emails: (string | null)[] }>`
		INSERT INTO seq_request (name, description, special_requirements, billing_code, data_delivery_mode_id, read_type_id,
			submission_type_id, status_id, read_length, num_lanes, requestor_id, group_id, contact_person_id, billing_contact_id,
			organization_contact_id, bioinformatician_contact_id, principal_investigator_contact_id)
		SELECT ${clonedRequestName(request.name)}, r.description, r.special_requirements, r.billing_code, r.data_delivery_mode_id,
			r.read_type_id, ${submissionTypes[method]}, ${SeqRequestStatus.DRAFT.id}, r.read_length, r.num_lanes, r.requestor_id, r.group_id,
			${contacts.contact_person_id}, ${contacts.billing_contact_id}, ${contacts.organization_contact_id},
			${contacts.bioinformatician_contact_id}::int, ${contacts.principal_investigator_contact_id}::int
		FROM seq_request r WHERE r.id = ${request.id}
		RETURNING id, ARRAY[
			COALESCE((SELECT c.email FROM contact c WHERE c.id = contact_person_id), (SELECT u.email FROM lims_user u WHERE u.id = requestor_id)),
			(SELECT c.email FROM contact c WHERE c.id = bioinformatician_contact_id)] AS emails`.execute(tx);
	const [clone] = rows;
	if (!clone) throw new Error(`Request ${request.id} was not cloned`);
	await writeFirstDeliveryEmails(tx, clone.id, uniqueEmails(clone.emails.filter((email) => email !== null)));
	return clone.id;
}

async function copyContact(tx: CommandContext["tx"], contactId: number | null): Promise<number | null> {
	if (contactId === null) return null;
	const { rows } = await sql<{ id: number }>`INSERT INTO contact (name, email, phone, address)
		SELECT name, email, phone, address FROM contact WHERE id = ${contactId} RETURNING id`.execute(tx);
	return rows[0]?.id ?? null;
}
