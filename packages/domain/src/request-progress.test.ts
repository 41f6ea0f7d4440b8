import { describe, expect, it } from "vitest";
import { LibraryStatus, PoolStatus, SampleStatus, SeqRequestStatus, SubmissionType } from "./catalog.ts";
import {
	initialStatuses,
	isQualityControlComplete,
	progressRequestStatus,
	type RequestProgressFacts,
} from "./request-progress.ts";

const R = SubmissionType.RAW_SAMPLES.id;
const P = SubmissionType.POOLED_LIBRARIES.id;
const U = SubmissionType.UNPOOLED_LIBRARIES.id;
const Q = SubmissionType.QC_ONLY.id;
const { ACCEPTED, SAMPLES_RECEIVED, PREPARED } = SeqRequestStatus;
const L = LibraryStatus;
const sample = SampleStatus;

function progress(submissionTypeId: number, facts: Partial<RequestProgressFacts>): number {
	return progressRequestStatus({
		statusId: ACCEPTED.id,
		submissionTypeId,
		sampleStatusIds: [],
		libraryStatusIds: [],
		poolStatusIds: [],
		...facts,
	});
}

describe("progress of a request", () => {
	it.each<[string, number, Partial<RequestProgressFacts>, number]>([
		["R: nothing yet", R, {}, ACCEPTED.id],
		["R: one of two samples", R, { sampleStatusIds: [sample.STORED.id, sample.WAITING_DELIVERY.id] }, ACCEPTED.id],
		["R: all samples", R, { sampleStatusIds: [sample.STORED.id, sample.DEPLETED.id] }, SAMPLES_RECEIVED.id],
		["R: a sample without status is not waited for", R, { sampleStatusIds: [sample.STORED.id, null] }, SAMPLES_RECEIVED.id],
		["R: only samples without status", R, { sampleStatusIds: [null] }, ACCEPTED.id],
		["R: one of two libraries pooled, other failed", R, { libraryStatusIds: [L.POOLED.id, L.FAILED.id] }, PREPARED.id],
		["R: all failed", R, { libraryStatusIds: [L.FAILED.id] }, ACCEPTED.id],
		["R: one of two libraries pooled", R, { libraryStatusIds: [L.POOLED.id, L.PREPARING.id] }, ACCEPTED.id],
		["U: all libraries stored", U, { libraryStatusIds: [L.STORED.id, L.POOLED.id] }, SAMPLES_RECEIVED.id],
		["U: all libraries pooled", U, { libraryStatusIds: [L.POOLED.id] }, PREPARED.id],
		["U: stored samples are not libraries", U, { sampleStatusIds: [sample.STORED.id] }, ACCEPTED.id],
		["P: all pools stored", P, { poolStatusIds: [PoolStatus.STORED.id, PoolStatus.SEQUENCED.id] }, PREPARED.id],
		["P: one pool missing", P, { poolStatusIds: [PoolStatus.STORED.id, PoolStatus.ACCEPTED.id] }, ACCEPTED.id],
		["P: no pools", P, {}, ACCEPTED.id],
		["Q: all samples", Q, { sampleStatusIds: [sample.STORED.id], libraryStatusIds: [L.QC_PENDING.id] }, SAMPLES_RECEIVED.id],
		["Q: is never prepared", Q, { libraryStatusIds: [L.POOLED.id] }, ACCEPTED.id],
	])("%s", (_case, type, facts, expected) => expect(progress(type, facts)).toBe(expected));

	it("goes on from Samples Stored but never back", () => {
		expect(progress(R, { statusId: SAMPLES_RECEIVED.id, libraryStatusIds: [L.POOLED.id] })).toBe(PREPARED.id);
		expect(progress(R, { statusId: SAMPLES_RECEIVED.id, sampleStatusIds: [sample.DRAFT.id] })).toBe(SAMPLES_RECEIVED.id);
	});
	it.each([0, 1, 4, 5, 6, 10, 11, 12])("leaves status %i untouched", (statusId) =>
		expect(progress(R, { statusId, sampleStatusIds: [sample.STORED.id], libraryStatusIds: [L.POOLED.id] })).toBe(statusId),
	);
});

it("quality control is complete when something was measured and nothing is pending", () => {
	expect(isQualityControlComplete([L.QC_COMPLETED.id, L.FAILED.id])).toBe(true);
	expect(isQualityControlComplete([L.QC_COMPLETED.id, L.QC_PENDING.id])).toBe(false);
	expect(isQualityControlComplete([L.QC_COMPLETED.id, L.ACCEPTED.id])).toBe(false);
	expect(isQualityControlComplete([])).toBe(false);
});

describe("initial statuses of annotated objects", () => {
	it.each([
		[0, R, 0, 0, 0],
		[0, P, null, 0, 0],
		[1, R, 0, 1, 1],
		[1, P, null, 1, 1],
		[2, R, 1, 2, 2],
		[2, P, null, 5, 2],
		[4, U, 1, 2, 2],
	])("request %i of type %i", (status, type, sampleStatusId, libraryStatusId, poolStatusId) =>
		expect(initialStatuses(status, type)).toEqual({ sampleStatusId, libraryStatusId, poolStatusId }),
	);
});
