import type { Tx } from "@opengsync/db/transaction";
import type { RequestFormValues, ValidRequestForm } from "@opengsync/domain/request-form";
import { completeRequestForm, isValidRequestForm, validateRequestForm } from "@opengsync/domain/request-form-rules";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { InvalidInputError } from "../errors.ts";

/** The request that is edited, as far as the check compares with it. */
export interface PresentRequest {
	readonly id: number;
	readonly requestorId: number;
	/** Keeping its group needs no membership. */
	readonly groupId: number | null;
	readonly submissionTypeId: number;
}

interface LookUp {
	readonly requestor_name: string | null;
	readonly requestor_email: string | null;
	readonly is_email_taken: boolean;
	readonly is_name_taken: boolean;
	readonly is_group_permitted: boolean;
}

/** An id as the database takes it; 0, which no row has, for anything else. */
function toId(value: number | null): number {
	return value !== null && Number.isInteger(value) && value > 0 && value <= 2_147_483_647 ? value : 0;
}

/** Name is unique among the requests that the requestor owns or sees through a group (README.md §5, rule 13). */
async function lookUp(tx: Tx, values: RequestFormValues, facts: LookUpFacts): Promise<LookUp | undefined> {
	const { rows } = await sql<LookUp>`
		SELECT u.first_name || ' ' || u.last_name AS requestor_name, u.email AS requestor_email,
			EXISTS (SELECT 1 FROM lims_user t WHERE lower(t.email) = lower(${values.newUserEmail})) AS is_email_taken,
			EXISTS (SELECT 1 FROM seq_request r WHERE r.name = ${values.name} AND r.id <> ${facts.requestId}
				AND (r.requestor_id = ${facts.requestorId}
					OR r.group_id IN (SELECT a.group_id FROM user_affiliation a WHERE a.user_id = ${facts.requestorId}))) AS is_name_taken,
			EXISTS (SELECT 1 FROM "group" g WHERE g.id = ${toId(values.groupId)} AND (${facts.memberId}::int IS NULL
				OR EXISTS (SELECT 1 FROM user_affiliation a WHERE a.group_id = g.id AND a.user_id = ${facts.memberId}))) AS is_group_permitted
		FROM (SELECT 1) AS always LEFT JOIN lims_user u ON u.id = ${facts.requestorId}`.execute(tx);
	return rows[0];
}

interface LookUpFacts {
	/** 0 for a new request, or a new user. */
	readonly requestId: number;
	readonly requestorId: number;
	/** Who has to be a member of the group; null for staff. */
	readonly memberId: number | null;
}

/** Whose request it will be: 0 for a user who has no account yet. */
function requestorIdOf(context: CommandContext, values: RequestFormValues, present: PresentRequest | null): number {
	if (present) return present.requestorId;
	if (values.requestorId !== null) return toId(values.requestorId);
	return values.newUserEmail === null ? context.viewer.id : 0;
}

/**
 * The request form with what it mirrors, after all its rules, those that need the database among them (requests-and-annotation.md §2.1).
 * Who is no insider may not name a requestor: the caller has made sure of it.
 * @param present null for a new request
 * @throws InvalidInputError with all problems at once
 */
export async function checkRequestForm(
	context: CommandContext,
	values: RequestFormValues,
	present: PresentRequest | null,
): Promise<ValidRequestForm> {
	const insider = isInsider(context.viewer.roleId);
	const requestorId = requestorIdOf(context, values, present);
	const found = await lookUp(context.tx, values, {
		requestId: present?.id ?? 0,
		requestorId,
		memberId: insider ? null : context.viewer.id,
	});
	const newName = [values.newUserFirstName, values.newUserLastName].filter((part) => part !== null).join(" ");
	const requestor = {
		name: found?.requestor_name ?? newName,
		email: found?.requestor_email ?? values.newUserEmail ?? "",
	};
	const completed = completeRequestForm(values, { isEdit: present !== null, requestor });
	const problems = validateRequestForm(completed, {
		isInsider: insider,
		isEdit: present !== null,
		isEmailTaken: found?.is_email_taken ?? false,
		isNameTaken: found?.is_name_taken ?? false,
		isRequestorKnown: found?.requestor_email != null,
		isGroupPermitted: values.groupId === present?.groupId || (found?.is_group_permitted ?? false),
		formerSubmissionTypeId: present?.submissionTypeId ?? null,
	});
	if (!isValidRequestForm(completed, problems)) throw new InvalidInputError(problems);
	return completed;
}
