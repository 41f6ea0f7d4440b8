/** The drawing of a material flow as ECharts takes it. */
import { type FlowKind, flowKinds, flowWords, type MaterialFlow } from "@opengsync/domain/material-flow";
import { format } from "echarts/core";

/** Colours of the page that the drawing takes over. */
export interface FlowColours {
	readonly text: string;
	/** Fonts by name; what cannot be measured cannot be shortened. */
	readonly fontFamily: string;
	readonly byKind: Readonly<Record<FlowKind, string>>;
}

const nodeGapPx = 8;
const nodeWidthPx = 12;
const marginPx = 8;
/** Room for the words right of the last column. */
const lastLabelPx = 180;
const rowHeightPx = 22;
const leastHeightPx = 160;

/** Height that the fullest column needs, px. */
export function flowHeight(flow: MaterialFlow): number {
	const counts = flowKinds.map((kind) => flow.nodes.filter((node) => node.kind === kind).length);
	return Math.max(leastHeightPx, Math.max(...counts) * rowHeightPx + 40);
}

/** The option object: a Sankey diagram, so wide, whose columns are the kinds that occur. */
export function flowOption(flow: MaterialFlow, colours: FlowColours, widthPx: number) {
	const labels = new Map(flow.nodes.map((node) => [node.id, node.label]));
	const kinds = flowKinds.filter((kind) => flow.nodes.some((node) => node.kind === kind));
	// Tooltips are HTML; names are not.
	const nameOf = (node: string | undefined) => format.encodeHTML(labels.get(node ?? "") ?? "");
	const describe = (parameter: unknown): string => {
		const { dataType, data } = parameter as {
			dataType: string;
			data: { name?: string; source?: string; target?: string; value?: number };
		};
		if (dataType !== "edge") return nameOf(data.name);
		return `${nameOf(data.source)} → ${nameOf(data.target)}: ${data.value}`;
	};
	const columnPx = (widthPx - marginPx - lastLabelPx) / Math.max(1, kinds.length - 1);
	return {
		animation: false,
		textStyle: { color: colours.text, fontFamily: colours.fontFamily },
		tooltip: { trigger: "item" as const, confine: true, formatter: describe },
		series: [
			{
				type: "sankey" as const,
				left: marginPx,
				right: lastLabelPx,
				top: 8,
				bottom: 8,
				nodeGap: nodeGapPx,
				nodeWidth: nodeWidthPx,
				draggable: false,
				emphasis: { focus: "adjacency" as const },
				label: {
					color: colours.text,
					overflow: "truncate" as const,
					width: Math.max(40, Math.min(columnPx, lastLabelPx) - nodeWidthPx - marginPx),
					formatter: ({ name }: { name: string }) => labels.get(name) ?? "",
				},
				lineStyle: { color: "source" as const, opacity: 0.3 },
				data: flow.nodes.map((node) => ({
					name: node.id,
					depth: kinds.indexOf(node.kind),
					itemStyle: { color: colours.byKind[node.kind] },
				})),
				links: flow.links.map((link) => ({ source: link.from, target: link.to, value: link.weight })),
			},
		],
	};
}

/** The same in words, for those who do not see the drawing. */
export function describeFlow(flow: MaterialFlow): string {
	return flowKinds
		.map((kind) => ({ kind, count: flow.nodes.filter((node) => node.kind === kind).length }))
		.filter(({ count }) => count > 0)
		.map(({ kind, count }) => `${count} ${count === 1 ? flowWords[kind].one : flowWords[kind].many}`)
		.join(" → ");
}
