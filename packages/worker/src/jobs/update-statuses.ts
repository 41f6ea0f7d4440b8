import type { Services } from "@opengsync/core/context";
import { notifySamplesReceived } from "@opengsync/core/notifications/notify-requests";
import { runStatusEngine, type StatusChange } from "@opengsync/core/status-engine/run-status-engine";
import type { Db } from "@opengsync/db/connection";
import { type Actor, transact } from "@opengsync/db/transaction";
import { SeqRequestStatus } from "@opengsync/domain/catalog";

/**
 * Lets statuses follow from what has happened (background-and-ops.md §3), and tells of samples that have arrived, in one transaction.
 * @returns the changes
 */
export function updateStatuses(db: Db, actor: Actor, services: Services): Promise<readonly StatusChange[]> {
	return transact(db, actor, async (tx) => {
		const changes = await runStatusEngine(tx, services.now());
		const arrived = changes.filter(({ entity, to }) => entity === "seq_request" && to === SeqRequestStatus.SAMPLES_RECEIVED.key);
		const context = { tx, actor, services };
		await notifySamplesReceived(
			context,
			arrived.map((change) => change.id),
		);
		return changes;
	});
}
