import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { AccessType, memberById, SeqRequestStatus, SubmissionType } from "@opengsync/domain/catalog";
import { isQualityControlOnly } from "@opengsync/domain/quality-control/quality-control-sheet";
import type { SubmissionWindow } from "@opengsync/domain/submission-window";
import { Tabs } from "../../components/parts.tsx";
import { StatusBar } from "../../components/status.tsx";
import { historyTab } from "../history/addresses.ts";
import { clashTab } from "../indices/index-buttons.tsx";
import { RequestMetadata } from "./request-metadata.tsx";
import { reviewCount } from "./review-tab.tsx";
import { checklistCount, SubmitChecklist } from "./submit-checklist.tsx";

const segments = [
	SeqRequestStatus.SUBMITTED,
	SeqRequestStatus.ACCEPTED,
	SeqRequestStatus.SAMPLES_RECEIVED,
	SeqRequestStatus.PREPARED,
	SeqRequestStatus.DATA_PROCESSING,
	SeqRequestStatus.FINISHED,
];

/** Status bar of a request: access-and-web.md §7.7. */
export function RequestStatusBar({ statusId }: { statusId: number }) {
	return <StatusBar segments={segments} present={memberById(SeqRequestStatus, statusId)} />;
}

/** What the tabs of a request show. */
interface RequestTabsProps {
	readonly request: RequestPageRow;
	readonly isInsider: boolean;
	readonly windows: readonly SubmissionWindow[];
}

/** The tabs of a request: access-and-web.md §8.3. */
export function RequestTabs({ request, isInsider, windows }: RequestTabsProps) {
	const fragment = `/htmx/seq_requests/${request.id}`;
	const isDraft = request.status_id === SeqRequestStatus.DRAFT.id;
	const checklist = {
		key: "checklist",
		title: "Checklist",
		count: checklistCount(request),
		content: <SubmitChecklist request={request} windows={windows} />,
	};
	const takesPools = ![SubmissionType.RAW_SAMPLES.id, SubmissionType.QC_ONLY.id].some((id) => id === request.submission_type_id);
	const pools = request.num_pools > 0 || takesPools;
	const isReviewed = isInsider && request.status_id === SeqRequestStatus.SUBMITTED.id;
	const isEditor = request.access_level >= AccessType.EDIT.id;
	const tabs = [
		...(isReviewed ? [{ key: "review", title: "Review", count: reviewCount(request), href: `${fragment}/review` }] : []),
		...(isDraft || !isInsider ? [checklist] : []),
		{ key: "samples", title: "Samples", count: request.num_samples, href: `${fragment}/samples` },
		{ key: "libraries", title: "Libraries", count: request.num_libraries, href: `${fragment}/libraries` },
		...(pools ? [{ key: "pools", title: "Pools", count: request.num_pools, href: `${fragment}/pools` }] : []),
		...(request.num_libraries > 0 ? [clashTab("seq_requests", request.id)] : []),
		...(isQualityControlOnly(request.submission_type_id) ? [{ key: "qc", title: "QC", href: `${fragment}/qc` }] : []),
		{ key: "metadata", title: "Metadata", content: <RequestMetadata request={request} isInsider={isInsider} /> },
		...(request.num_libraries > 0 ? [{ key: "overview", title: "Overview", href: `${fragment}/overview` }] : []),
		...(isEditor ? [{ key: "workflows", title: "Workflows", count: request.num_runs, href: `${fragment}/workflows` }] : []),
		{ key: "files", title: "Files", count: request.num_files, href: `${fragment}/files` },
		{ key: "comments", title: "Comments", count: request.num_comments, href: `${fragment}/comments` },
		{ key: "share", title: "Share", count: request.num_delivery_emails, href: `${fragment}/share` },
		{ key: "projects", title: "Projects", count: request.num_projects, href: `${fragment}/projects` },
		{ key: "assignees", title: "Assignees", count: request.num_assignees, href: `${fragment}/assignees` },
		{ key: "data", title: "Data", count: request.num_data_paths, href: `${fragment}/data` },
		historyTab("request", request.id),
	];
	return <Tabs tabs={tabs} />;
}
