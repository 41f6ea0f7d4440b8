import {
	isAtLeast,
	isBelow,
	LibraryStatus,
	memberById,
	PoolStatus,
	SampleStatus,
	SeqRequestStatus,
	SubmissionType,
} from "./catalog.ts";

/** What the progress of a request depends on; statuses as ids. */
export interface RequestProgressFacts {
	readonly statusId: number;
	readonly submissionTypeId: number;
	/** Of the samples of its libraries; null = without status, not waited for. */
	readonly sampleStatusIds: readonly (number | null)[];
	readonly libraryStatusIds: readonly number[];
	/** Of the request's pools. */
	readonly poolStatusIds: readonly number[];
}

function isEverySampleStored(sampleStatusIds: readonly (number | null)[]): boolean {
	const awaited = sampleStatusIds.filter((id) => id !== null);
	return awaited.length > 0 && awaited.every((id) => isAtLeast(memberById(SampleStatus, id), SampleStatus.STORED));
}

function isEveryLibraryStored(libraryStatusIds: readonly number[]): boolean {
	return (
		libraryStatusIds.length > 0 && libraryStatusIds.every((id) => isAtLeast(memberById(LibraryStatus, id), LibraryStatus.STORED))
	);
}

function isEveryLibraryPooled(libraryStatusIds: readonly number[]): boolean {
	return (
		libraryStatusIds.includes(LibraryStatus.POOLED.id) &&
		!libraryStatusIds.some((id) => isBelow(memberById(LibraryStatus, id), LibraryStatus.POOLED))
	);
}

function isEveryPoolStored(poolStatusIds: readonly number[]): boolean {
	return poolStatusIds.length > 0 && poolStatusIds.every((id) => isAtLeast(memberById(PoolStatus, id), PoolStatus.STORED));
}

function isPrepared(facts: RequestProgressFacts): boolean {
	switch (facts.submissionTypeId) {
		case SubmissionType.RAW_SAMPLES.id:
		case SubmissionType.UNPOOLED_LIBRARIES.id:
			return isEveryLibraryPooled(facts.libraryStatusIds);
		case SubmissionType.POOLED_LIBRARIES.id:
			return isEveryPoolStored(facts.poolStatusIds);
		default:
			return false;
	}
}

function isReceived(facts: RequestProgressFacts): boolean {
	switch (facts.submissionTypeId) {
		case SubmissionType.RAW_SAMPLES.id:
		case SubmissionType.QC_ONLY.id:
			return isEverySampleStored(facts.sampleStatusIds);
		case SubmissionType.UNPOOLED_LIBRARIES.id:
			return isEveryLibraryStored(facts.libraryStatusIds);
		default:
			return false;
	}
}

/**
 * Status id of a request after storing, completing a prep, pooling or adding to a pool (lab-workflows.md §5.1; QC only: extensions.md §2).
 * Only ACCEPTED and SAMPLES_RECEIVED move, and only forward; otherwise the present id comes back.
 */
export function progressRequestStatus(facts: RequestProgressFacts): number {
	const { ACCEPTED, SAMPLES_RECEIVED, PREPARED } = SeqRequestStatus;
	if (facts.statusId !== ACCEPTED.id && facts.statusId !== SAMPLES_RECEIVED.id) return facts.statusId;
	if (isPrepared(facts)) return PREPARED.id;
	return isReceived(facts) ? SAMPLES_RECEIVED.id : facts.statusId;
}

/** Whether the measurements of a QC-only request are complete, so that it is FINISHED: one is completed and none is pending or still to come. */
export function isQualityControlComplete(libraryStatusIds: readonly number[]): boolean {
	return (
		libraryStatusIds.includes(LibraryStatus.QC_COMPLETED.id) &&
		!libraryStatusIds.includes(LibraryStatus.QC_PENDING.id) &&
		isEveryLibraryStored(libraryStatusIds)
	);
}

/** Statuses of what annotation creates, by the status of the request (requests-and-annotation.md §2.7); ids, null = no status. */
export function initialStatuses(
	requestStatusId: number,
	submissionTypeId: number,
): { sampleStatusId: number | null; libraryStatusId: number; poolStatusId: number } {
	const isPooled = submissionTypeId === SubmissionType.POOLED_LIBRARIES.id;
	const isDraft = requestStatusId === SeqRequestStatus.DRAFT.id;
	if (isDraft || requestStatusId === SeqRequestStatus.SUBMITTED.id) {
		return {
			sampleStatusId: isPooled ? null : SampleStatus.DRAFT.id,
			libraryStatusId: isDraft ? LibraryStatus.DRAFT.id : LibraryStatus.SUBMITTED.id,
			poolStatusId: isDraft ? PoolStatus.DRAFT.id : PoolStatus.SUBMITTED.id,
		};
	}
	return {
		sampleStatusId: isPooled ? null : SampleStatus.WAITING_DELIVERY.id,
		libraryStatusId: isPooled ? LibraryStatus.POOLED.id : LibraryStatus.ACCEPTED.id,
		poolStatusId: PoolStatus.ACCEPTED.id,
	};
}
