import {
	ExperimentStatus,
	ExperimentWorkflow,
	FlowCellType,
	findMember,
	memberById,
	membersOf,
	UserRole,
} from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import type { Cycles } from "@opengsync/domain/identifiers";
import { isInsider } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";
import { checkCycles } from "./set-cycles.ts";

/** The experiment form (lab-workflows.md §17.1). */
export interface ExperimentInput extends Cycles {
	readonly name: string;
	/** Id of *experimentWorkflow*. */
	readonly workflowId: number;
	readonly sequencerId: number;
	readonly operatorId: number;
}

/**
 * Creates an experiment in DRAFT with lanes 1 … n of the flow cell of its workflow.
 * @returns id of the experiment
 * @throws InvalidInputError for a taken name, unknown workflow, sequencer or operator
 */
export async function createExperiment(context: CommandContext, input: ExperimentInput): Promise<number> {
	const { tx, viewer, services } = context;
	if (!isInsider(viewer.roleId)) throw new ForbiddenError();
	await checkExperiment(context, input);
	const workflow = memberById(ExperimentWorkflow, input.workflowId);
	const experiment = await tx
		.insertInto("experiment")
		.values({
			name: input.name.trim(),
			workflow_id: input.workflowId,
			status_id: ExperimentStatus.DRAFT.id,
			operator_id: input.operatorId,
			sequencer_id: input.sequencerId,
			r1_cycles: input.r1Cycles,
			i1_cycles: input.i1Cycles,
			i2_cycles: input.i2Cycles,
			r2_cycles: input.r2Cycles,
			timestamp_created_utc: services.now(),
		})
		.onConflict((conflict) => conflict.column("name").doNothing())
		.returning("id")
		.executeTakeFirst();
	if (!experiment) throw new InvalidInputError([nameTaken]);
	const numLanes = memberById(FlowCellType, workflow.flowCellTypeId).numLanes;
	await sql`INSERT INTO lane (number, experiment_id) SELECT n, ${experiment.id} FROM generate_series(1, ${numLanes}::int) AS n`.execute(
		tx,
	);
	return experiment.id;
}

const nameTaken: FieldError = { field: "name", message: "An experiment with this name already exists." };
const insiderRoles = membersOf(UserRole)
	.filter((role) => role.insider)
	.map((role) => role.id);

async function checkExperiment({ tx }: CommandContext, input: ExperimentInput): Promise<void> {
	const { rows } = await sql<{ name_taken: boolean; sequencer: boolean; operator: boolean }>`SELECT
		EXISTS (SELECT 1 FROM experiment WHERE name = ${input.name.trim()}) AS name_taken,
		EXISTS (SELECT 1 FROM sequencer WHERE id = ${input.sequencerId}) AS sequencer,
		EXISTS (SELECT 1 FROM lims_user WHERE id = ${input.operatorId} AND role_id = ANY(${insiderRoles}::int[])) AS operator`.execute(
		tx,
	);
	const found = rows[0];
	const errors: FieldError[] = [];
	const name = input.name.trim();
	if (name.length < 3 || name.length > 64) errors.push({ field: "name", message: "A name has 3 to 64 characters." });
	errors.push(...checkCycles(input));
	if (found?.name_taken) errors.push(nameTaken);
	if (!found?.sequencer) errors.push({ field: "sequencerId", message: "Choose a sequencer." });
	if (!found?.operator) errors.push({ field: "operatorId", message: "The operator must be a member of the facility." });
	if (!findMember(ExperimentWorkflow, input.workflowId)) errors.push({ field: "workflowId", message: "Choose a workflow." });
	if (errors.length > 0) throw new InvalidInputError(errors);
}
