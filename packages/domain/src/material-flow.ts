/** Flow of material as a diagram: project → sample → multiplexing pool → library → pool (requests-and-annotation.md §2.6, §5.17). */

/** Kinds of boxes, from left to right. */
export const flowKinds = ["project", "sample", "samplePool", "library", "pool"] as const;

/** Kind of a box. */
export type FlowKind = (typeof flowKinds)[number];

/** A box of the diagram. */
export interface FlowNode {
	readonly id: string;
	readonly kind: FlowKind;
	readonly label: string;
	/** Page of the object, if there is one. */
	readonly href?: string;
}

/** A band between two boxes. */
export interface FlowLink {
	readonly from: string;
	readonly to: string;
	/** Width: samples or libraries that it stands for. */
	readonly weight: number;
}

/** The whole diagram. */
export interface MaterialFlow {
	readonly nodes: readonly FlowNode[];
	readonly links: readonly FlowLink[];
}

/** Words for a number of boxes of a kind. */
export const flowWords: Readonly<Record<FlowKind, { readonly one: string; readonly many: string }>> = {
	project: { one: "project", many: "projects" },
	sample: { one: "sample", many: "samples" },
	samplePool: { one: "multiplexing pool", many: "multiplexing pools" },
	library: { one: "library", many: "libraries" },
	pool: { one: "pool", many: "pools" },
};

/** Boxes by what they lead to; those of one group are drawn as one. */
function groupByTargets(nodes: readonly FlowNode[], targetsOf: (id: string) => readonly string[]): FlowNode[][] {
	const groups = new Map<string, FlowNode[]>();
	for (const node of nodes) {
		const key = [...new Set(targetsOf(node.id))].sort().join("\n");
		const group = groups.get(key);
		if (group) group.push(node);
		else groups.set(key, [node]);
	}
	return [...groups.values()];
}

/**
 * A diagram that can be read: where a kind has more than `most` boxes, those that lead to the same boxes become one, "384 libraries". Weights
 * add up, so that nothing is lost but the names.
 */
export function groupFlow(flow: MaterialFlow, most: number): MaterialFlow {
	const placeOf = new Map<string, string>(flow.nodes.map((node) => [node.id, node.id]));
	const targets = Map.groupBy(flow.links, (link) => link.from);
	const nodes: FlowNode[] = [];
	for (const kind of flowKinds.toReversed()) {
		const ofKind = flow.nodes.filter((node) => node.kind === kind);
		if (ofKind.length <= most) {
			nodes.unshift(...ofKind);
			continue;
		}
		const targetsOf = (id: string) => (targets.get(id) ?? []).map((link) => placeOf.get(link.to) ?? link.to);
		const grouped = groupByTargets(ofKind, targetsOf).map((group): FlowNode => {
			const [first] = group;
			if (!first || group.length === 1) return first ?? { id: kind, kind, label: "" };
			const id = `group:${first.id}`;
			for (const node of group) placeOf.set(node.id, id);
			return { id, kind, label: `${group.length} ${flowWords[kind].many}` };
		});
		nodes.unshift(...grouped);
	}
	const weights = new Map<string, FlowLink>();
	for (const { from, to, weight } of flow.links) {
		const link = { from: placeOf.get(from) ?? from, to: placeOf.get(to) ?? to };
		const key = `${link.from}\n${link.to}`;
		weights.set(key, { ...link, weight: weight + (weights.get(key)?.weight ?? 0) });
	}
	return { nodes, links: [...weights.values()] };
}
