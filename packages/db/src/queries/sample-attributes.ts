// Attributes of the samples of a project.
import type { SampleAttributes } from "@opengsync/domain/attributes";
import { sql } from "kysely";
import type { ListSpec } from "../list-query.ts";
import type { Reader } from "../transaction.ts";
import { type SampleColumn, type SampleScope, sampleList } from "./samples.ts";

/** A sample with its attributes as stored. */
export interface SampleAttributesRow {
	readonly id: number;
	readonly name: string;
	readonly attributes: SampleAttributes | null;
}

/** Samples with their attributes, in the order in which they came. */
export const sampleAttributeList: ListSpec<SampleAttributesRow, SampleColumn, SampleScope> = {
	...sampleList,
	defaultSort: { column: "id", order: "asc" },
	load: async (db, ids) => {
		const { rows } = await sql<SampleAttributesRow>`
			SELECT id, name, attributes FROM sample WHERE id = ANY(${ids}::int[])`.execute(db);
		return rows;
	},
};

/** All samples of a project by id. Whoever may see the project may see them. */
export async function listSampleAttributes(reader: Reader, projectId: number): Promise<SampleAttributesRow[]> {
	const { rows } = await sql<SampleAttributesRow>`
		SELECT id, name, attributes FROM sample WHERE project_id = ${projectId} ORDER BY id`.execute(reader);
	return rows;
}

/** Names, as stored, of the attributes that any sample of a project has. */
export async function listAttributeNames(reader: Reader, projectId: number): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		SELECT DISTINCT jsonb_object_keys(attributes) AS name FROM sample WHERE project_id = ${projectId} ORDER BY name`.execute(
		reader,
	);
	return rows.map((row) => row.name);
}
