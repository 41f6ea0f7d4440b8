/** Draws project → sample → multiplexing pool → library → pool. */
import { groupFlow, type MaterialFlow } from "@opengsync/domain/material-flow";
import { SankeyChart } from "echarts/charts";
import { AriaComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { describeFlow, type FlowColours, flowHeight, flowOption } from "./flow-option.ts";

use([SankeyChart, TooltipComponent, AriaComponent, SVGRenderer]);

/** More boxes of a kind are drawn as one. */
const mostBoxes = 40;

function readColours(element: HTMLElement): FlowColours {
	const styles = getComputedStyle(element);
	const colour = (name: string, fallback: string) => styles.getPropertyValue(name).trim() || fallback;
	return {
		text: styles.color,
		fontFamily: styles.fontFamily,
		byKind: {
			project: colour("--tblr-secondary", "#667382"),
			sample: colour("--tblr-green", "#2f9e44"),
			samplePool: colour("--tblr-orange", "#f08c00"),
			library: colour("--tblr-blue", "#1971c2"),
			pool: colour("--tblr-purple", "#9c36b5"),
		},
	};
}

/** Takes over `<div data-island="flow">` with the flow as JSON in its script. */
export function mount(element: HTMLElement) {
	const script = element.querySelector('script[type="application/json"]');
	const whole = JSON.parse(script?.textContent ?? "null") as MaterialFlow | null;
	if (!whole || whole.nodes.length === 0) return undefined;
	const flow = groupFlow(whole, mostBoxes);
	const canvas = document.createElement("div");
	canvas.style.height = `${flowHeight(flow)}px`;
	canvas.setAttribute("role", "img");
	canvas.setAttribute("aria-label", describeFlow(whole));
	element.append(canvas);
	const chart = init(canvas, null, { renderer: "svg" });
	// A drawing that scrolls has to be reached by the keyboard.
	if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
	const draw = () => chart.setOption(flowOption(flow, readColours(element), canvas.clientWidth));
	draw();
	const observer = new ResizeObserver(() => {
		chart.resize();
		draw();
	});
	observer.observe(canvas);
	document.addEventListener("theme-changed", draw);
	return {
		destroy() {
			observer.disconnect();
			document.removeEventListener("theme-changed", draw);
			chart.dispose();
			canvas.remove();
		},
	};
}
