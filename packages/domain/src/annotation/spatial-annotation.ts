import { LibraryType } from "../catalog.ts";
import type { FieldError } from "../field-error.ts";
import { textOf } from "../sheets/report.ts";
import type { Column, SheetDefinition } from "../sheets/types.ts";
import type { AnnotationFacts } from "./facts.ts";
import { checkLength, formText } from "./form-values.ts";
import { isInGroup } from "./library-set.ts";
import { initialSheet, validateSheetInput } from "./sheet-step.ts";
import { previousInput, type WorkflowState } from "./state.ts";
import { accept, type FormField, refuse, type Step } from "./step.ts";
import { annotationTable, type LibraryRow, type PropertyRow } from "./tables.ts";

/** From what the sheets are built. */
export type SpatialContext = { readonly samplePools: readonly string[] };

const image: Column = {
	key: "image",
	label: "Image",
	width: 170,
	type: "text",
	required: true,
	maxLength: 512,
	help: "File name of the image; of the CytAssist image if there is one.",
};
const visiumColumns: readonly Column[] = [
	image,
	{ key: "slide", label: "Slide", width: 170, type: "text", required: true, maxLength: 32, examples: ["V01A02-123"] },
	{ key: "area", label: "Area", width: 170, type: "text", required: true, maxLength: 32, examples: ["A1"] },
	{ key: "he_image", label: "H&E Image", width: 170, type: "text", maxLength: 512 },
];

function buildSheet(name: string, title: string, columns: readonly Column[], context: SpatialContext): SheetDefinition {
	const sample: Column = {
		key: "sample_name",
		label: "Sample Name",
		width: 250,
		type: "choice",
		required: true,
		unique: true,
		everyOption: true,
		options: context.samplePools.map((pool) => ({ value: pool, label: pool })),
	};
	return { name, title, columns: [sample, ...columns], canAddRows: false, canAddColumns: false, mayBeEmpty: false, rules: [] };
}

/** Sheet of the images of Open-ST libraries (requests-and-annotation.md §5.15). */
export function buildOpenstSheet(context: SpatialContext): SheetDefinition {
	return buildSheet("openst_annotation", "Open-ST Images", [image], context);
}

/** Sheet of images, slides and areas of Visium libraries (requests-and-annotation.md §5.15). */
export function buildVisiumSheet(context: SpatialContext): SheetDefinition {
	return buildSheet("visium_annotation", "Visium Images", visiumColumns, context);
}

const instructions: FormField = {
	name: "instructions",
	label: "Where to get the images",
	type: "textarea",
	required: true,
	maxLength: 4096,
	help: "Link, and password if one is needed.",
};

function makeSpatialStep(
	name: string,
	title: string,
	commentPrefix: string,
	build: (context: SpatialContext) => SheetDefinition,
	isConcerned: (library: LibraryRow) => boolean,
): Step<AnnotationFacts> {
	const listLibraries = (state: WorkflowState) => annotationTable(state, "libraries").filter(isConcerned);
	const buildContext = (state: WorkflowState): SpatialContext => ({
		samplePools: [...new Set(listLibraries(state).map((library) => library.sample_pool))],
	});
	return {
		name,
		title,
		applies: (state) => listLibraries(state).length > 0,
		present(state) {
			const context = buildContext(state);
			const input = previousInput(state, name);
			const rows = context.samplePools.map((pool) => ({ sample_name: pool }));
			return {
				kind: "sheet",
				title,
				sheet: { name, context },
				initial: initialSheet(build(context), input, rows),
				fields: [instructions],
				values: { instructions: input ? formText(input, "instructions") : null },
			};
		},
		accept(input, state) {
			const text = formText(input, "instructions");
			const fieldErrors: FieldError[] = [];
			checkLength(fieldErrors, "instructions", instructions.label, text, { required: true, max: 4096 });
			const sheet = validateSheetInput(build(buildContext(state)), input);
			if (sheet.hasErrors || fieldErrors.length > 0) return refuse(sheet.problems, fieldErrors);
			const rowByPool = new Map(sheet.rows.map((row) => [textOf(row, "sample_name"), row]));
			const own = listLibraries(state).flatMap((library): PropertyRow[] => {
				const row = rowByPool.get(library.sample_pool);
				if (!row) return [];
				const [imageName, slide, area, heImage] = ["image", "slide", "area", "he_image"].map((column) => textOf(row, column));
				return [
					{
						library_name: library.library_name,
						image: imageName ?? null,
						slide: slide ?? null,
						area: area ?? null,
						he_image: heImage ?? null,
					},
				];
			});
			const names = new Set(own.map((row) => row.library_name));
			const others = annotationTable(state, "properties").filter((row) => !names.has(row.library_name));
			return accept({
				tables: { properties: [...others, ...own] },
				metadata: { comments: { [name]: `${commentPrefix}: Images: ${text}` } },
			});
		},
	};
}

/** Images of Open-ST libraries. */
export const openstAnnotationStep = makeSpatialStep(
	"openst_annotation",
	"Open-ST Images",
	"Open-ST annotation",
	buildOpenstSheet,
	(library) => library.library_type_id === LibraryType.OPENST.id,
);

/** Images, slides and areas of Visium libraries. */
export const visiumAnnotationStep = makeSpatialStep(
	"visium_annotation",
	"Visium Images",
	"Visium annotation",
	buildVisiumSheet,
	(library) => isInGroup(library.library_type_id, "visium"),
);
