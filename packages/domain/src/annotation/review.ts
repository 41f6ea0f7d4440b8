import { findMember, GenomeRef, LibraryType, MuxType, muxBarcodes, ServiceType } from "../catalog.ts";
import type { FlowLink, FlowNode, MaterialFlow } from "../material-flow.ts";
import { genomeByLibrary } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { formTick } from "./form-values.ts";
import { listReviewIndices } from "./review-indices.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, type ReviewTab, refuse, type Step } from "./step.ts";
import { annotationTable, readNumber, readText } from "./tables.ts";

const step = "complete";

type Cells = ReviewTab["rows"];

function makeTab(key: string, title: string, columns: readonly string[], rows: Cells, disabledReason: string): ReviewTab {
	return {
		key,
		title,
		columns,
		rows,
		count: rows.length,
		disabledReason: rows.length === 0 ? disabledReason : null,
		severity: "ok",
	};
}

function tabOfLibraries(state: WorkflowState): ReviewTab {
	const genomes = genomeByLibrary(annotationTable(state, "samples"), annotationTable(state, "links"));
	const indices = Map.groupBy(annotationTable(state, "indices"), (index) => index.library_name);
	const rows = annotationTable(state, "libraries").map((library) => [
		library.library_name,
		findMember(LibraryType, library.library_type_id)?.label ?? null,
		findMember(GenomeRef, genomes.get(library.library_name))?.label ?? null,
		library.pool_label,
		(indices.get(library.library_name) ?? [])
			.map(({ i7, i5 }) => (i5 ? `${i7.sequence}+${i5.sequence}` : i7.sequence))
			.join(", ") || null,
	]);
	return makeTab("libraries", "Libraries", ["Library", "Type", "Genome", "Pool", "Indices"], rows, "No libraries.");
}

function tabOfSamples(state: WorkflowState): ReviewTab {
	const samples = annotationTable(state, "samples");
	const attributes = [...new Set(samples.flatMap((sample) => Object.keys(sample.attributes)))];
	const typeByLibrary = new Map(
		annotationTable(state, "libraries").map((library) => [library.library_name, library.library_type_id]),
	);
	const links = Map.groupBy(annotationTable(state, "links"), (link) => link.sample_name);
	const rows = samples.map((sample) => {
		const types = (links.get(sample.sample_name) ?? []).map(
			(link) => findMember(LibraryType, typeByLibrary.get(link.library_name))?.abbreviation ?? "",
		);
		const origin = sample.sample_id === null ? "new" : "existing";
		return [
			sample.sample_name,
			origin,
			[...new Set(types)].join(", "),
			...attributes.map((name) => sample.attributes[name] ?? null),
		];
	});
	return makeTab("samples", "Samples", ["Sample", "New or existing", "Library types", ...attributes], rows, "No samples.");
}

function tabOfPools(state: WorkflowState): ReviewTab {
	const libraries = annotationTable(state, "libraries");
	const rows = annotationTable(state, "pools").map((pool) => [
		pool.pool_name,
		pool.m_reads_requested,
		libraries.filter((library) => library.pool_label === pool.pool_label).length,
	]);
	return makeTab("pools", "Pools", ["Pool", "M reads requested", "Libraries"], rows, "Only for pooled libraries.");
}

function tabOfBarcodes(state: WorkflowState): ReviewTab {
	const { rows, severity } = listReviewIndices(state);
	const columns = ["Pool", "Library", "Index", "Hamming distance", "Problems"];
	return { ...makeTab("barcodes", "Barcodes", columns, rows, "Indices are given for pooled libraries only."), severity };
}

function tabOfFeatures(state: WorkflowState): ReviewTab {
	const rows = annotationTable(state, "features").map((feature) => [
		feature.library_name ?? "all",
		feature.identifier,
		feature.name,
		feature.sequence,
		feature.pattern,
		feature.read,
	]);
	return makeTab(
		"features",
		"Features",
		["Library", "Identifier", "Feature", "Sequence", "Pattern", "Read"],
		rows,
		"No antibody libraries.",
	);
}

function tabOfMultiplexing(state: WorkflowState): ReviewTab {
	const seen = new Set<string>();
	const rows = annotationTable(state, "links")
		.filter((link) => link.mux_type_id !== null)
		.map((link) => {
			const library = link.mux_barcode?.startsWith("AB") ? link.library_name : null;
			return [
				link.sample_pool,
				link.sample_name,
				library,
				link.mux_kit,
				link.mux_feature,
				link.mux_barcode,
				link.mux_pattern,
				link.mux_read,
			];
		})
		.filter((row) => {
			const key = JSON.stringify(row);
			return seen.has(key) ? false : seen.add(key);
		});
	const columns = ["Multiplexing pool", "Sample", "Library", "Kit", "Feature", "Barcode", "Pattern", "Read"];
	return makeTab("multiplexing", "Multiplexing", columns, rows, "The samples are not multiplexed.");
}

function tabOfSpatial(state: WorkflowState): ReviewTab {
	const rows = annotationTable(state, "properties").map((row) => [
		row.library_name,
		row.image,
		row.slide,
		row.area,
		row.he_image,
	]);
	return makeTab("spatial", "Spatial", ["Library", "Image", "Slide", "Area", "H&E image"], rows, "No spatial libraries.");
}

function tabOfGuides(state: WorkflowState): ReviewTab {
	const rows = annotationTable(state, "crispr_guides").map((guide) => [
		guide.guide_name,
		guide.target_gene,
		guide.prefix,
		guide.guide_sequence,
		guide.suffix,
	]);
	return makeTab(
		"guides",
		"CRISPR guides",
		["Guide", "Target gene", "Prefix", "Guide sequence", "Suffix"],
		rows,
		"No Parse CRISPR libraries.",
	);
}

/** What will be created, as a diagram project → sample → library → pool; samples of one tube go through their multiplexing pool. */
function drawOverview(state: WorkflowState): MaterialFlow {
	const nodes: FlowNode[] = [{ id: "project", kind: "project", label: readText(state, "project_title") ?? "Project" }];
	const links: FlowLink[] = [];
	const rows = annotationTable(state, "links");
	const librariesPerSample = Map.groupBy(rows, (row) => row.sample_name);
	for (const { sample_name } of annotationTable(state, "samples")) {
		nodes.push({ id: `sample:${sample_name}`, kind: "sample", label: sample_name });
		const weight = librariesPerSample.get(sample_name)?.length ?? 1;
		links.push({ from: "project", to: `sample:${sample_name}`, weight });
	}
	const isMultiplexed = readNumber(state, "mux_type_id") !== null;
	for (const [samplePool, ofPool] of isMultiplexed ? Map.groupBy(rows, (row) => row.sample_pool) : []) {
		nodes.push({ id: `samplePool:${samplePool}`, kind: "samplePool", label: samplePool });
		for (const library of new Set(ofPool.map((row) => row.library_name))) {
			const samples = ofPool.filter((row) => row.library_name === library).length;
			links.push({ from: `samplePool:${samplePool}`, to: `library:${library}`, weight: samples });
		}
		for (const [sample, ofSample] of Map.groupBy(ofPool, (row) => row.sample_name)) {
			links.push({ from: `sample:${sample}`, to: `samplePool:${samplePool}`, weight: ofSample.length });
		}
	}
	for (const row of isMultiplexed ? [] : rows) {
		links.push({ from: `sample:${row.sample_name}`, to: `library:${row.library_name}`, weight: 1 });
	}
	const samplesPerLibrary = Map.groupBy(rows, (row) => row.library_name);
	for (const { library_name, library_type_id, pool_label } of annotationTable(state, "libraries")) {
		const type = findMember(LibraryType, library_type_id)?.identifier;
		nodes.push({ id: `library:${library_name}`, kind: "library", label: type ? `${library_name} (${type})` : library_name });
		const weight = samplesPerLibrary.get(library_name)?.length ?? 1;
		if (pool_label !== null) links.push({ from: `library:${library_name}`, to: `pool:${pool_label}`, weight });
	}
	for (const pool of annotationTable(state, "pools")) {
		nodes.push({ id: `pool:${pool.pool_label}`, kind: "pool", label: pool.pool_name });
	}
	return { nodes, links };
}

/** Most samples that one multiplexing pool takes: plexity of a Flex service, four on-chip barcodes; null = no fixed limit. */
function limitOfSamplesPerPool(state: WorkflowState): number | null {
	const muxTypeId = readNumber(state, "mux_type_id");
	if (muxTypeId === MuxType.TENX_ON_CHIP.id) return muxBarcodes.onChip.length;
	if (muxTypeId !== MuxType.TENX_FLEX_PROBE.id) return null;
	return findMember(ServiceType, readNumber(state, "service_type_id"))?.plexity ?? null;
}

/** Sample pools with the number of their samples; a warning where there are more than the technology takes (§5.7). */
function tabOfSamplePools(state: WorkflowState): ReviewTab {
	const limit = limitOfSamplesPerPool(state);
	const pools = [...Map.groupBy(annotationTable(state, "sample_pools"), (row) => row.sample_pool)];
	const isOver = (count: number) => limit !== null && count > limit;
	const rows = pools.map(([pool, samples]) => [
		pool,
		samples.length,
		isOver(samples.length) ? `More than the ${limit} samples that one pool takes` : null,
	]);
	const multiplexed = readNumber(state, "mux_type_id") === null ? [] : rows;
	const tab = makeTab(
		"samplePools",
		"Sample pools",
		["Sample pool", "Samples", "Warning"],
		multiplexed,
		"The samples are not multiplexed.",
	);
	return { ...tab, severity: pools.some(([, samples]) => isOver(samples.length)) ? "warning" : "ok" };
}

/** The last step: shows everything; a clash of indices has to be confirmed (requests-and-annotation.md §5.17, extensions.md §3). */
export const reviewStep: Step<AnnotationFacts> = {
	name: step,
	title: "Review",
	applies: () => true,
	present(state) {
		const tabs = [
			tabOfLibraries(state),
			tabOfSamples(state),
			tabOfPools(state),
			tabOfBarcodes(state),
			tabOfFeatures(state),
			tabOfSamplePools(state),
			tabOfMultiplexing(state),
			tabOfSpatial(state),
			tabOfGuides(state),
		];
		const hasClash = listReviewIndices(state).clashingLibraries.length > 0;
		return {
			kind: "review",
			title: "Review",
			overview: drawOverview(state),
			tabs,
			fields: hasClash
				? [
						{
							name: "confirm_clash",
							label: "I know that indices clash and that the reads of these libraries may not be told apart",
							type: "checkbox",
							required: true,
						},
					]
				: [],
			values: hasClash ? { confirm_clash: formTick(previousInput(state, step) ?? {}, "confirm_clash") } : {},
		};
	},
	accept(input, state) {
		const clashing = listReviewIndices(state).clashingLibraries;
		if (clashing.length === 0) return accept({});
		if (!formTick(input, "confirm_clash")) {
			const message = `Confirm that the indices of these libraries clash: ${clashing.join(", ")}.`;
			return refuse([], [{ field: "confirm_clash", message }]);
		}
		return accept({ metadata: { comments: { index_clash: `Index clash confirmed: ${clashing.join(", ")}` } } });
	},
};
