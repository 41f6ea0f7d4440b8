import { NotFoundError, NotPossibleError } from "@opengsync/core/errors";
import { findExperimentPage, listExperimentLanes, listExperimentPools } from "@opengsync/db/queries/experiment-page";
import type { Exchange } from "../../framework/exchange.ts";
import { type LoadedExperiment, refusalToArrange, refusalToEdit } from "./facts.ts";

/** The experiment of the address with pools and lanes, in three statements. @throws NotFoundError */
export async function loadExperiment(exchange: Exchange<{ id: number }>): Promise<LoadedExperiment> {
	const { id } = exchange.params;
	const experiment = await findExperimentPage(exchange.db, id);
	if (!experiment) throw new NotFoundError("This experiment");
	const pools = await listExperimentPools(exchange.db, id);
	const lanes = await listExperimentLanes(exchange.db, id);
	return { experiment, pools, lanes, isAdmin: exchange.isAdmin };
}

/** The same for a form of what the checklist drives. @throws NotPossibleError when it can no longer be changed */
export async function loadEditable(exchange: Exchange<{ id: number }>): Promise<LoadedExperiment> {
	const loaded = await loadExperiment(exchange);
	const refusal = refusalToEdit(loaded);
	if (refusal !== null) throw new NotPossibleError(refusal);
	return loaded;
}

/** The same for a form of lanes and reads. @throws NotPossibleError when these can no longer be changed */
export async function loadArrangeable(exchange: Exchange<{ id: number }>): Promise<LoadedExperiment> {
	const loaded = await loadExperiment(exchange);
	const refusal = refusalToArrange(loaded);
	if (refusal !== null) throw new NotPossibleError(refusal);
	return loaded;
}
