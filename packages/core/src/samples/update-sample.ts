import { findMember, SampleStatus } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { checkName } from "@opengsync/domain/text-rules";
import { requireTransition } from "@opengsync/domain/transitions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { BadRequestError, InvalidInputError } from "../errors.ts";
import { loadSampleFor, type SampleForChange } from "./load-for-change.ts";

/** What the form of a sample says (access-and-web.md §3.4). */
export interface SampleInput {
	/** 4–64 ASCII letters, digits, `_`; unique within the project. */
	readonly name: string;
	/** Id of *sampleStatus*; null = as it is. What others than insiders send is ignored. */
	readonly statusId: number | null;
}

const checkCharacters = checkName("_");

/** A name that was taken over from an older database may stay as it is. */
async function checkSampleName(context: CommandContext, sample: SampleForChange, name: string): Promise<void> {
	if (name === sample.name) return;
	const refuse = (message: string) => new InvalidInputError([{ field: "name", message }]);
	if (name.length < 4 || name.length > 64) throw refuse("Between 4 and 64 characters.");
	const wrong = checkCharacters(name);
	if (wrong !== null) throw refuse(`${wrong}.`);
	const { rows } = await sql`
		SELECT 1 FROM sample WHERE project_id = ${sample.project_id} AND name = ${name} AND id <> ${sample.id}`.execute(context.tx);
	if (rows.length > 0) throw refuse("Another sample of the project has this name.");
}

/**
 * Renames a sample: E if it is DRAFT, else I; its status is for insiders (access-and-web.md §3.4).
 * @throws NotFoundError, ForbiddenError, InvalidInputError at the field `name`, BadRequestError for an unknown status
 */
export async function updateSample(context: CommandContext, sampleId: number, input: SampleInput): Promise<void> {
	const sample = await loadSampleFor(context, sampleId, "edit");
	const name = input.name.trim();
	await checkSampleName(context, sample, name);
	const statusId = isInsider(context.viewer.roleId) && input.statusId !== null ? input.statusId : sample.status_id;
	if (statusId !== sample.status_id) {
		if (!findMember(SampleStatus, statusId)) throw new BadRequestError("The status is not known.");
		requireTransition("sample", sample.status_id, statusId, "form");
	}
	await context.tx.updateTable("sample").set({ name, status_id: statusId }).where("id", "=", sampleId).execute();
}
