import { QuantityError, readQuantity, showQuantity } from "@opengsync/domain/quantities";
import { EmptyState, Metadata, type MetadataItem } from "../../components/parts.tsx";

/** `pct_aligned` → `Pct Aligned` (background-and-ops.md §2.5). */
export function quantityLabel(key: string): string {
	return key
		.split("_")
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(" ");
}

/** Compact text of a stored quantity with its symbol; blank for what is not one. */
export function quantityText(stored: unknown): string {
	try {
		const { text, symbol } = showQuantity(readQuantity(stored));
		return [text, symbol].filter(Boolean).join(" ");
	} catch (error) {
		if (error instanceof QuantityError) return "";
		throw error;
	}
}

/** Metrics of a run, compact, under their names (background-and-ops.md §2.6, §8.3). */
export function Quantities({ quantities }: { quantities: unknown }) {
	const entries = typeof quantities === "object" && quantities !== null ? Object.entries(quantities) : [];
	if (entries.length === 0)
		return <EmptyState title="No metrics yet" hint="They are read from the run folder while the run goes on." />;
	const items: MetadataItem[] = entries.map(([key, stored]) => ({ label: quantityLabel(key), value: quantityText(stored) }));
	return <Metadata items={items} />;
}
