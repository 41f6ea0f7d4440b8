import { LibraryStatus } from "@opengsync/domain/catalog";
import { type Expression, type RawBuilder, sql } from "kysely";
import { idList } from "../shared/status-lists.ts";

/**
 * Whether an experiment is *demultiplexed* (background-and-ops.md §3.3): it has at least one library that is not failed, rejected
 * or removed, and each such library has a read count for this experiment.
 * @param experimentId SQL expression of the experiment's id
 */
export function isDemultiplexed(experimentId: Expression<unknown>): RawBuilder<boolean> {
	const { FAILED, REJECTED, REMOVED } = LibraryStatus;
	const counting = sql`dl.experiment_id = ${experimentId}
		AND dl.status_id NOT IN (${idList([FAILED, REJECTED, REMOVED])})`;
	return sql<boolean>`(EXISTS (SELECT 1 FROM library dl WHERE ${counting})
		AND NOT EXISTS (SELECT 1 FROM library dl WHERE ${counting}
			AND NOT EXISTS (SELECT 1 FROM seq_quality dq WHERE dq.library_id = dl.id AND dq.experiment_id = ${experimentId})))`;
}
