import { findMember, PoolStatus, PoolType } from "@opengsync/domain/catalog";
import { cleanPhone, isEmail } from "@opengsync/domain/email";
import type { FieldError } from "@opengsync/domain/field-error";
import { isInsider } from "@opengsync/domain/roles";
import { requireTransition } from "@opengsync/domain/transitions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, InvalidInputError } from "../errors.ts";
import { loadPoolFor, type PoolForChange } from "./load-for-change.ts";

/** What the form of a pool says (lab-workflows.md §14.2). */
export interface PoolInput {
	/** 4–64 characters, unique among the owner's pools. */
	readonly name: string;
	/** Id of *poolType*. */
	readonly typeId: number;
	/** Million reads, at least 0. */
	readonly numMReadsRequested: number | null;
	readonly contactName: string;
	readonly contactEmail: string;
	readonly contactPhone: string | null;
	/** Id of *poolStatus*; null = as it is. What others than insiders send is ignored. */
	readonly statusId: number | null;
}

async function checkPoolInput(context: CommandContext, pool: PoolForChange, input: PoolInput): Promise<void> {
	const errors: FieldError[] = [];
	const name = input.name.trim();
	if (name.length < 4 || name.length > 64) errors.push({ field: "name", message: "Between 4 and 64 characters." });
	if (!findMember(PoolType, input.typeId)) errors.push({ field: "typeId", message: "Choose a type." });
	if (input.numMReadsRequested !== null && !(input.numMReadsRequested >= 0)) {
		errors.push({ field: "numMReadsRequested", message: "At least 0." });
	}
	if (input.contactName.trim() === "") errors.push({ field: "contactName", message: "Provide a name." });
	if (!isEmail(input.contactEmail.trim())) errors.push({ field: "contactEmail", message: "Provide an e-mail address." });
	await sql`SELECT 1 FROM lims_user WHERE id = ${pool.owner_id} FOR NO KEY UPDATE`.execute(context.tx);
	const { rows } = await sql`
		SELECT 1 FROM pool WHERE owner_id = ${pool.owner_id} AND name = ${name} AND id <> ${pool.id}`.execute(context.tx);
	if (rows.length > 0) errors.push({ field: "name", message: "Owner of the pool already has a pool with the same name." });
	if (errors.length > 0) throw new InvalidInputError(errors);
}

/**
 * Changes a pool: E if it is DRAFT, else I; its status is for insiders (access-and-web.md §3.4).
 * @throws NotFoundError, ForbiddenError, InvalidInputError with the fields of the form, BadRequestError for an unknown status
 */
export async function updatePool(context: CommandContext, poolId: number, input: PoolInput): Promise<void> {
	const { tx, viewer, services } = context;
	const pool = await loadPoolFor(context, poolId, "edit");
	await checkPoolInput(context, pool, input);
	const statusId = isInsider(viewer.roleId) && input.statusId !== null ? input.statusId : pool.status_id;
	if (statusId !== pool.status_id) {
		if (!findMember(PoolStatus, statusId)) throw new BadRequestError("The status is not known.");
		requireTransition("pool", pool.status_id, statusId, "form");
	}
	const becomesStored = statusId === PoolStatus.STORED.id && pool.status_id !== statusId;
	await tx
		.updateTable("pool")
		.set({
			name: input.name.trim(),
			type_id: input.typeId,
			num_m_reads_requested: input.numMReadsRequested,
			status_id: statusId,
			...(becomesStored ? { timestamp_stored_utc: services.now() } : {}),
		})
		.where("id", "=", poolId)
		.execute();
	await tx
		.updateTable("contact")
		.set({
			name: input.contactName.trim(),
			email: input.contactEmail.trim(),
			phone: input.contactPhone === null ? null : cleanPhone(input.contactPhone),
		})
		.where("id", "=", pool.contact_id)
		.execute();
}
