import type { Tx } from "@opengsync/db/transaction";
import { SubmissionType } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { type FieldError, InvalidInputError } from "../errors.ts";
import type { RequestInput } from "./request-input.ts";

/** What the check has to know of the request's owner and, on editing, of the request itself. */
export interface RequestCheck {
	readonly requestorId: number;
	readonly requestId: number | null;
	/** The group that the request has already; keeping it needs no membership. */
	readonly presentGroupId: number | null;
}

/**
 * The rules of the request form that need the database (requests-and-annotation.md §2.1): group, submission type, unique name.
 * All at once.
 * @throws InvalidInputError
 */
export async function checkRequest(context: CommandContext, input: RequestInput, check: RequestCheck): Promise<void> {
	const errors: FieldError[] = [];
	const insider = isInsider(context.viewer.roleId);
	if (input.submissionTypeId === SubmissionType.UNPOOLED_LIBRARIES.id && !insider) {
		errors.push({ field: "submissionTypeId", message: "Unpooled libraries can be chosen by staff only." });
	}
	if (input.groupId !== null && input.groupId !== check.presentGroupId) {
		const person = insider ? null : context.viewer.id;
		if (!(await groupExists(context.tx, input.groupId, person))) {
			errors.push({ field: "groupId", message: insider ? "This group does not exist." : "Choose a group to which you belong." });
		}
	}
	if (await isNameTaken(context.tx, input.name, check)) {
		errors.push({ field: "name", message: "Another request that you can see already has this name." });
	}
	if (errors.length > 0) throw new InvalidInputError(errors);
}

async function groupExists(tx: Tx, groupId: number, memberId: number | null): Promise<boolean> {
	const { rows } = await sql`SELECT 1 FROM "group" g WHERE g.id = ${groupId}
		AND (${memberId}::int IS NULL OR EXISTS (SELECT 1 FROM user_affiliation a WHERE a.group_id = g.id AND a.user_id = ${memberId}))`.execute(
		tx,
	);
	return rows.length > 0;
}

/** Unique among the requests that the requestor owns or sees through a group (README.md §5, rule 13). */
async function isNameTaken(tx: Tx, name: string, check: RequestCheck): Promise<boolean> {
	const { rows } = await sql`SELECT 1 FROM seq_request r
		WHERE r.name = ${name} AND (${check.requestId}::int IS NULL OR r.id <> ${check.requestId})
		AND (r.requestor_id = ${check.requestorId}
			OR r.group_id IN (SELECT a.group_id FROM user_affiliation a WHERE a.user_id = ${check.requestorId}))
		LIMIT 1`.execute(tx);
	return rows.length > 0;
}
