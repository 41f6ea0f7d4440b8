import { describe, expect, it } from "vitest";
import { LibraryType, SubmissionType } from "./catalog.ts";
import { type RequestFlowRow, requestFlow } from "./request-flow.ts";

const project = { id: 1, label: "P1 Mice", href: "/projects/1/" };
const first = { id: 11, name: "first", href: null };
const second = { id: 12, name: "second", href: null };
const library = (id: number) => ({ id, typeId: LibraryType.BULK_RNA_SEQ.id });
const pool = { id: 31, name: "tube", href: "/pools/31/" };

/** Library 21 of both samples, 22 of the first alone; both in the pool. */
const rows: readonly RequestFlowRow[] = [
	{ library: library(21), sample: first, project, pool },
	{ library: library(21), sample: second, project, pool },
	{ library: library(22), sample: first, project, pool },
];

describe("overview of a request", () => {
	it("draws widths as libraries of a sample, one, and samples of a library", () => {
		const flow = requestFlow(rows, SubmissionType.POOLED_LIBRARIES.id);
		expect(flow.links).toEqual([
			{ from: "project:1", to: "sample:11", weight: 2 },
			{ from: "project:1", to: "sample:12", weight: 1 },
			{ from: "sample:11", to: "library:21", weight: 1 },
			{ from: "sample:12", to: "library:21", weight: 1 },
			{ from: "sample:11", to: "library:22", weight: 1 },
			{ from: "library:21", to: "pool:31", weight: 2 },
			{ from: "library:22", to: "pool:31", weight: 1 },
		]);
		expect(flow.nodes.filter((node) => node.kind === "library").map((node) => node.label)).toEqual([
			LibraryType.BULK_RNA_SEQ.identifier,
			LibraryType.BULK_RNA_SEQ.identifier,
		]);
	});
	it("leads nowhere that the viewer may not go", () => {
		const samples = requestFlow(rows, SubmissionType.POOLED_LIBRARIES.id).nodes.filter((node) => node.kind === "sample");
		expect(samples.every((node) => node.href === undefined)).toBe(true);
	});
	it("draws pools only for pooled libraries, and a library without sample by itself", () => {
		const flow = requestFlow([{ library: library(21), sample: null, project: null, pool }], SubmissionType.RAW_SAMPLES.id);
		expect(flow).toEqual({
			nodes: [{ id: "library:21", kind: "library", label: LibraryType.BULK_RNA_SEQ.identifier, href: "/libraries/21/" }],
			links: [],
		});
	});
});
