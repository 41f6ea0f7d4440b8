/** Overview of a request as a diagram: project → sample → library → pool (requests-and-annotation.md §2.8, Overview graph). */
import { findMember, LibraryType, SubmissionType } from "./catalog.ts";
import type { FlowLink, FlowNode, MaterialFlow } from "./material-flow.ts";

/** A sample in a library of the request; a library without sample has none. Pages that the viewer may not open are null. */
export interface RequestFlowRow {
	readonly library: { readonly id: number; readonly typeId: number };
	readonly sample: { readonly id: number; readonly name: string; readonly href: string | null } | null;
	readonly project: { readonly id: number; readonly label: string; readonly href: string | null } | null;
	readonly pool: { readonly id: number; readonly name: string; readonly href: string | null } | null;
}

/** Collects boxes and bands; each stands once. */
class FlowBuilder {
	private readonly nodes = new Map<string, FlowNode>();
	private readonly weights = new Map<string, FlowLink>();

	addNode(kind: FlowNode["kind"], id: number, label: string, href: string | null): string {
		const key = `${kind}:${id}`;
		if (!this.nodes.has(key)) this.nodes.set(key, { id: key, kind, label, ...(href === null ? {} : { href }) });
		return key;
	}

	/** Adds to the width of a band. */
	widen(from: string, to: string, by: number): void {
		const key = `${from}\n${to}`;
		this.weights.set(key, { from, to, weight: by + (this.weights.get(key)?.weight ?? 0) });
	}

	build(): MaterialFlow {
		return { nodes: [...this.nodes.values()], links: [...this.weights.values()] };
	}
}

/**
 * The diagram. Widths: project–sample the sample's libraries in the request, sample–library 1, library–pool the samples in the library.
 * Libraries are labelled by the identifier of their type; pools are drawn only for requests of pooled libraries.
 */
export function requestFlow(rows: readonly RequestFlowRow[], submissionTypeId: number): MaterialFlow {
	const flow = new FlowBuilder();
	const withPools = submissionTypeId === SubmissionType.POOLED_LIBRARIES.id;
	for (const { project, sample } of rows) {
		if (!project || !sample) continue;
		const from = flow.addNode("project", project.id, project.label, project.href);
		flow.widen(from, flow.addNode("sample", sample.id, sample.name, sample.href), 1);
	}
	for (const { library, sample } of rows) {
		const label = findMember(LibraryType, library.typeId)?.identifier ?? String(library.typeId);
		const to = flow.addNode("library", library.id, label, `/libraries/${library.id}/`);
		if (sample) flow.widen(`sample:${sample.id}`, to, 1);
	}
	for (const { library, sample, pool } of withPools ? rows : []) {
		if (pool && sample) flow.widen(`library:${library.id}`, flow.addNode("pool", pool.id, pool.name, pool.href), 1);
	}
	return flow.build();
}
