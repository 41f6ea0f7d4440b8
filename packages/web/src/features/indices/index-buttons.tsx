import type { PoolPageRow } from "@opengsync/db/queries/pool-page";
import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { AccessType, SubmissionType } from "@opengsync/domain/catalog";
import type { RequestAction } from "@opengsync/domain/request-actions";
import { ActionButton } from "../../components/button.tsx";

/** Re-index and, for staff, the index check of a request whose customer made the libraries. */
export function RequestIndexButtons({ request, reindex }: { request: RequestPageRow; reindex: RequestAction | null }) {
	const url = `/seq_requests/${request.id}`;
	const isStaff = request.access_level >= AccessType.INSIDER.id;
	const { POOLED_LIBRARIES, UNPOOLED_LIBRARIES } = SubmissionType;
	const hasIndices = [POOLED_LIBRARIES.id, UNPOOLED_LIBRARIES.id].some((id) => id === request.submission_type_id);
	const nothing = request.num_libraries === 0 ? "The request has no libraries." : null;
	return (
		<>
			{reindex && (
				<ActionButton action={`${url}/reindex/`} look="quiet" icon="barcode" disabledReason={reindex.reason ?? nothing}>
					{reindex.label}
				</ActionButton>
			)}
			{isStaff && hasIndices && (
				<ActionButton action={`${url}/index_check/`} look="quiet" icon="list-check" disabledReason={nothing}>
					Index check
				</ActionButton>
			)}
		</>
	);
}

/** Re-index and index check of a pool, for staff. */
export function PoolIndexButtons({ pool }: { pool: PoolPageRow }) {
	if (pool.access_level < AccessType.INSIDER.id) return null;
	const nothing = pool.num_libraries === 0 ? "The pool has no libraries." : null;
	return (
		<>
			<ActionButton action={`/pools/${pool.id}/reindex/`} icon="barcode" disabledReason={nothing}>
				Re-index
			</ActionButton>
			<ActionButton action={`/pools/${pool.id}/index_check/`} icon="list-check" disabledReason={nothing}>
				Index check
			</ActionButton>
		</>
	);
}

/** The tab *Index clashes* of an object's page. It costs the page nothing until it is opened. */
export function clashTab(kind: "seq_requests" | "pools" | "experiments", id: number) {
	return { key: "clashes", title: "Index clashes", href: `/htmx/${kind}/${id}/clashes` } as const;
}
