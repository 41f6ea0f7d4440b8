import { colourOfMolarity, type TrafficLight } from "@opengsync/domain/molarity";
import { Badge, type Tone } from "../../components/status.tsx";

const tones: Record<TrafficLight, Tone> = { green: "done", yellow: "warning", red: "bad" };
const words: Record<TrafficLight, string> = {
	green: "in the ideal range",
	yellow: "in the tolerated range",
	red: "out of range",
};

/** A number with so many decimals at most; blank without a value (lab-workflows.md §1). */
export function formatNumber(value: number | null, decimals = 2): string {
	return value === null || !Number.isFinite(value) ? "" : String(Number(value.toFixed(decimals)));
}

/** A number of reads with separators. */
export function formatCount(value: number): string {
	return Math.round(value).toLocaleString("en");
}

/** A percentage with one decimal; blank without a value. */
export function formatPercent(value: number | null): string {
	return value === null || !Number.isFinite(value) ? "" : `${value.toFixed(1)} %`;
}

/** A molarity in nM, coloured (lab-workflows.md §3.4); blank without a value. */
export function Molarity({ valueNm }: { valueNm: number | null }) {
	const light = colourOfMolarity(valueNm);
	if (light === null) return null;
	return (
		<Badge tone={tones[light]} title={words[light]}>
			{formatNumber(valueNm)} nM
		</Badge>
	);
}
