import type { LibraryFeatureRow } from "@opengsync/db/queries/library-edits";
import type { LibraryPageRow, LibrarySampleRow } from "@opengsync/db/queries/library-page";
import type { Action } from "@opengsync/domain/actions";
import { findMember, MuxType } from "@opengsync/domain/catalog";
import { z } from "zod";
import { LinkButton } from "../../components/button.tsx";
import { Card, EmptyState } from "../../components/parts.tsx";
import { PlainTable } from "../../components/plain-tables.tsx";
import { qcText } from "./read-averages.ts";

/** Tab *Multiplexing*: how the samples of a library are told apart. */
export function LibraryMux(props: { library: LibraryPageRow; samples: readonly LibrarySampleRow[]; edit: Action }) {
	const { library, samples, edit } = props;
	const columns = ["Sample", "Barcode", "Pattern", "Read"];
	const rows = samples.map(({ name, mux }) => [name, qcText(mux?.barcode), qcText(mux?.pattern), qcText(mux?.read)]);
	return (
		<Card
			title={findMember(MuxType, library.mux_type_id)?.label ?? "Multiplexing"}
			actions={
				edit.shown && (
					<LinkButton href={`/libraries/${library.id}/multiplexing/`} icon="edit" small disabledReason={edit.reason}>
						Edit multiplexing
					</LinkButton>
				)
			}
			padded={false}
		>
			<PlainTable table={{ title: "Multiplexing", columns, rows }} />
		</Card>
	);
}

/** Tab *Features* of an antibody library. */
export function LibraryFeatures(props: { libraryId: number; features: readonly LibraryFeatureRow[]; edit: Action }) {
	const { libraryId, features, edit } = props;
	const button = edit.shown && (
		<LinkButton href={`/libraries/${libraryId}/features/`} icon="edit" small disabledReason={edit.reason}>
			Edit features
		</LinkButton>
	);
	if (features.length === 0) return <EmptyState title="No features yet" action={button} />;
	const columns = ["Kit", "Identifier", "Feature", "Sequence", "Pattern", "Read"];
	const rows = features.map((feature) => [
		feature.kit_label ?? "custom",
		feature.identifier,
		feature.name,
		feature.sequence,
		feature.pattern,
		feature.read,
	]);
	return (
		<Card title="Features" actions={button} padded={false}>
			<PlainTable table={{ title: "Features", columns, rows }} />
		</Card>
	);
}

const guideList = z.array(
	z.object({
		guide_name: z.string(),
		target_gene: z.string(),
		prefix: z.string(),
		guide_sequence: z.string(),
		suffix: z.string(),
	}),
);

/** A guide of a CRISPR library (data-model.md §6). */
export type CrisprGuide = z.output<typeof guideList>[number];

/** Guides that a library holds; none where it holds something else. */
export function crisprGuides(properties: Readonly<Record<string, unknown>> | null): CrisprGuide[] {
	const parsed = guideList.safeParse(properties?.crispr_guides);
	return parsed.success ? parsed.data : [];
}

/** Tab *CRISPR*. */
export function CrisprGuides({ guides }: { guides: readonly CrisprGuide[] }) {
	const columns = ["Guide", "Target gene", "Prefix", "Guide sequence", "Suffix"];
	const rows = guides.map((guide) => [guide.guide_name, guide.target_gene, guide.prefix, guide.guide_sequence, guide.suffix]);
	return (
		<Card padded={false}>
			<PlainTable table={{ title: "Guides", columns, rows }} />
		</Card>
	);
}
