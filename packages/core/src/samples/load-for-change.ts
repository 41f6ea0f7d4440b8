import { sampleLevel } from "@opengsync/db/access";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { type SampleActionName, sampleAction } from "@opengsync/domain/sample-actions";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { requireAllowed } from "../require-allowed.ts";

/** A sample locked for a change, with what its rules look at. */
export interface SampleForChange {
	readonly id: number;
	readonly name: string;
	/** Null for samples that came inside ready-made pools. */
	readonly status_id: number | null;
	readonly project_id: number;
	/** Names of libraries that have no other sample. */
	readonly only_sample_of: readonly string[];
	readonly access_level: AccessLevel;
}

/**
 * Locks the project of a sample (names are unique there), then the sample, and reads it with the viewer's level and lets the table of actions decide.
 * @throws NotFoundError, ForbiddenError when the level does not suffice, NotPossibleError when only the state stands against it
 */
export async function loadSampleFor(
	context: CommandContext,
	sampleId: number,
	action: SampleActionName,
): Promise<SampleForChange> {
	await sql`
		WITH owner AS MATERIALIZED (
			SELECT p.id FROM project p WHERE p.id = (SELECT s.project_id FROM sample s WHERE s.id = ${sampleId}) FOR UPDATE)
		SELECT 1 FROM sample s JOIN owner ON owner.id = s.project_id WHERE s.id = ${sampleId} FOR UPDATE OF s`.execute(context.tx);
	const { rows } = await sql<SampleForChange>`
		SELECT s.id, s.name, s.status_id, s.project_id, ${sampleLevel(context.viewer, "s")} AS access_level,
			ARRAY(SELECT l.name FROM sample_library_link k JOIN library l ON l.id = k.library_id
				WHERE k.sample_id = s.id AND NOT EXISTS (
					SELECT 1 FROM sample_library_link o WHERE o.library_id = k.library_id AND o.sample_id <> s.id)
				ORDER BY l.id) AS only_sample_of
		FROM sample s WHERE s.id = ${sampleId}`.execute(context.tx);
	const sample = rows[0];
	if (!sample) throw new NotFoundError("This sample");
	const { status_id: statusId, access_level: level, only_sample_of: onlySampleOf } = sample;
	requireAllowed(sampleAction(action, { statusId, level, onlySampleOf }));
	return sample;
}
