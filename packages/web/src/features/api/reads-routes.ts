import { setLibraryLaneReads } from "@opengsync/core/reads/set-library-lane-reads";
import { listFlowCellLibraries } from "@opengsync/db/queries/flow-cell";
import { z } from "zod";
import { apiTokenWith } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { dict, int, readParameters, text } from "./parameters.ts";

const laneReads = z.object({
	experiment_name: text.min(1),
	lane: int,
	num_reads: int.refine((value) => value >= 0, "must be 0 or more"),
	library_id: int.nullish(),
	qc: dict.nullish(),
});

/** Reads per library and lane: background-and-ops.md §5.4; the address without version stays as an alias. */
export const readsRoutes: readonly Route[] = [
	...["/api/v1/stats/set_library_lane_reads/", "/api/stats/set_library_lane_reads/"].map((path) =>
		defineRoute({
			method: "POST",
			path,
			kind: "api",
			policy: apiTokenWith("pipeline"),
			summary: "Store the reads of a library (or the undetermined ones) in a lane",
			handler: async (exchange) => {
				const body = await readParameters(exchange, laneReads);
				await exchange.command((context) =>
					setLibraryLaneReads(context, {
						experimentName: body.experiment_name,
						lane: body.lane,
						libraryId: body.library_id ?? null,
						numReads: body.num_reads,
						qc: body.qc ?? null,
					}),
				);
				return exchange.json({ status: "success" });
			},
		}),
	),
	defineRoute({
		method: "POST",
		path: "/api/v1/experiments/flowcell/",
		kind: "api",
		policy: apiTokenWith("read"),
		summary: "Libraries of an experiment lane by lane, with their indices",
		handler: async (exchange) => {
			const body = await readParameters(exchange, z.object({ experiment_name: text.min(1) }));
			return exchange.json({ libraries: await listFlowCellLibraries(exchange.db, body.experiment_name) });
		},
	}),
	...(["GET", "POST"] as const).map((method) =>
		defineRoute({
			method,
			path: "/validate_api_token/",
			kind: "api",
			policy: apiTokenWith("any"),
			summary: "Check an API token",
			limit: { name: "validate_api_token", requests: 3, perSeconds: 1 },
			handler: (exchange) =>
				exchange.json({
					result: "success",
					owner_id: exchange.viewer.id,
					token_id: exchange.apiTokenId,
					owner_email: exchange.viewer.email,
				}),
		}),
	),
];
