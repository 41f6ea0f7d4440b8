import { describe, expect, test } from "vitest";
import { type FlowLink, type FlowNode, groupFlow, type MaterialFlow } from "./material-flow.ts";

/** A plate: one sample and library per well, all libraries in one of two pools. */
function plate(wells: number): MaterialFlow {
	const nodes: FlowNode[] = [{ id: "p", kind: "project", label: "Project" }];
	const links: FlowLink[] = [];
	for (let well = 0; well < wells; well++) {
		nodes.push({ id: `s${well}`, kind: "sample", label: `s${well}` }, { id: `l${well}`, kind: "library", label: `l${well}` });
		links.push({ from: "p", to: `s${well}`, weight: 1 }, { from: `s${well}`, to: `l${well}`, weight: 1 });
		links.push({ from: `l${well}`, to: `pool${well % 2}`, weight: 1 });
	}
	nodes.push({ id: "pool0", kind: "pool", label: "A" }, { id: "pool1", kind: "pool", label: "B" });
	return { nodes, links };
}

describe("the diagram of what a request consists of", () => {
	test("a small one is drawn as it is", () => {
		const flow = plate(6);
		expect(groupFlow(flow, 30)).toEqual({ ...flow, nodes: expect.arrayContaining([...flow.nodes]) });
	});

	test("384 wells become one box per pool and kind, and the widths still add up", () => {
		const { nodes, links } = groupFlow(plate(384), 30);
		expect(nodes.map((node) => node.label)).toEqual([
			"Project",
			"192 samples",
			"192 samples",
			"192 libraries",
			"192 libraries",
			"A",
			"B",
		]);
		const intoPools = links.filter((link) => link.to.startsWith("pool"));
		expect(intoPools.map((link) => link.weight)).toEqual([192, 192]);
		expect(links.filter((link) => link.from === "p").reduce((sum, link) => sum + link.weight, 0)).toBe(384);
	});

	test("a sample with several libraries keeps all its bands, also when others are drawn together", () => {
		const flow = plate(40);
		const { links } = groupFlow({ ...flow, links: [...flow.links, { from: "s0", to: "l1", weight: 1 }] }, 30);
		expect(links.filter((link) => link.from.includes("s0"))).toHaveLength(2);
	});
});
