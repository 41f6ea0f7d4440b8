import { membersOf, parse, ServiceType, SubmissionType } from "../catalog.ts";
import { deliversLibraries } from "./comparisons.ts";
import type { AnnotationFacts } from "./facts.ts";
import { isFlexMultiplexService, type OptionalAssayKey, offersAssay } from "./library-set.ts";
import type { FieldCondition, FormField, ReferenceTable } from "./step.ts";

/** Checkbox of each optional assay except antibody capture, in form order. */
export const assayFields: readonly { readonly field: string; readonly assay: OptionalAssayKey; readonly label: string }[] = [
	{ field: "vdj_b", assay: "vdjB", label: "VDJ-B" },
	{ field: "vdj_t", assay: "vdjT", label: "VDJ-T" },
	{ field: "vdj_t_gd", assay: "vdjTGd", label: "VDJ-T-GD" },
	{ field: "crispr_screening", assay: "crisprScreening", label: "CRISPR screening" },
	{ field: "parse_crispr", assay: "parseCrispr", label: "Parse: CRISPR" },
	{ field: "parse_tcr", assay: "parseTcr", label: "Parse: TCR" },
	{ field: "parse_bcr", assay: "parseBcr", label: "Parse: BCR" },
];

const services = membersOf(ServiceType);

function whenService(condition: (service: (typeof services)[number]) => boolean): FieldCondition {
	return { field: "service_type_id", oneOf: services.filter(condition).map((service) => service.id) };
}

/** Whether a service may be combined with hashing in the antibody capture library. */
export function offersHashing(serviceTypeId: number): boolean {
	const service = services.find((candidate) => candidate.id === serviceTypeId);
	return offersAssay(serviceTypeId, "antibodyCapture") && service?.flex === false;
}

const whenParse = whenService((service) => service.id === ServiceType.PARSE.id);

function tick(name: string, label: string, group: string, disabledUnless: readonly FieldCondition[], help?: string): FormField {
	const field: FormField = { name, label, type: "checkbox", required: false, group, disabledUnless };
	return help ? { ...field, help } : field;
}

function kitName(name: string, label: string, group: string, field: string): FormField {
	return { name, label, type: "text", required: false, maxLength: 64, group, disabledUnless: [{ field, oneOf: [true] }] };
}

/** The fields of the service form with the conditions under which they are available (requests-and-annotation.md §5.6). */
export function describeServiceFields(facts: AnnotationFacts): FormField[] {
	const isRaw = !deliversLibraries(facts);
	const whenAntibodies = whenService((service) => offersAssay(service.id, "antibodyCapture"));
	const tagged = isRaw
		? "You tag and mix the samples before delivery. With multiome this is not officially supported by the vendor."
		: undefined;
	return [
		{
			name: "service_type_id",
			label: facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ? "Assay" : "Service",
			type: "choice",
			required: true,
			options: services.map((service) => ({ value: service.id, label: nameService(service) })),
		},
		...assayFields
			.filter(({ assay }) => !assay.startsWith("parse"))
			.map(({ field, assay, label }) =>
				tick(field, label, "Optional assays", [whenService((service) => offersAssay(service.id, assay))]),
			),
		tick("antibody_capture", "Cell surface protein capture (ABC)", "Antibodies", [whenAntibodies]),
		kitName("antibody_capture_kit", "Antibody capture kit", "Antibodies", "antibody_capture"),
		tick(
			"antibody_hashing",
			"Cell hashing in the same library",
			"Antibodies",
			[whenService((service) => offersHashing(service.id)), { field: "antibody_capture", oneOf: [true] }],
			"Capture and multiplexing share one library.",
		),
		tick(
			"oligo_multiplexing",
			"Oligo multiplexing",
			"Multiplexing",
			[whenService((service) => service.oligoMultiplexing)],
			tagged,
		),
		kitName("oligo_multiplexing_kit", "Oligo multiplexing kit", "Multiplexing", "oligo_multiplexing"),
		tick("on_chip_multiplexing", "On-chip multiplexing (OCM)", "Multiplexing", [
			whenService((service) => service.ocmMultiplexing),
		]),
		parseChoice("parse_kit", "Parse kit", parse.kits),
		parseChoice("parse_chemistry", "Parse chemistry", parse.chemistries),
		tick("parse_multiplexing", "Multiple samples per sub-library", "Parse Biosciences", [whenParse]),
		...assayFields
			.filter(({ assay }) => assay.startsWith("parse"))
			.map(({ field, label }) => tick(field, label, "Parse Biosciences", [whenParse])),
		{ name: "nuclei_isolation", label: "Nuclei isolation", type: "checkbox", required: false, group: "Other" },
		{
			name: "additional_information",
			label: "Additional information",
			type: "textarea",
			required: false,
			maxLength: 4096,
			group: "Other",
		},
	];
}

function parseChoice(
	name: string,
	label: string,
	choices: readonly { readonly id: number; readonly label: string }[],
): FormField {
	const options = choices.map((choice) => ({ value: choice.id, label: choice.label }));
	return { name, label, type: "choice", required: false, options, group: "Parse Biosciences", disabledUnless: [whenParse] };
}

/** A service as shown: `label (abbreviation)`, or the label alone where both are the same. */
function nameService(service: { readonly label: string; readonly abbreviation: string }): string {
	return service.label === service.abbreviation ? service.label : `${service.label} (${service.abbreviation})`;
}

/** Tabs beside the form: what the services are, and worked examples of choices. */
export function listServiceTables(): ReferenceTable[] {
	const answer = (offered: boolean) => (offered ? "yes" : null);
	return [
		{
			title: "Services",
			columns: ["Service", "Antibodies", "Hashing", "Oligo", "OCM", "By probe barcode"],
			rows: services.map((service) => [
				nameService(service),
				answer(offersAssay(service.id, "antibodyCapture")),
				answer(offersHashing(service.id)),
				answer(service.oligoMultiplexing),
				answer(service.ocmMultiplexing),
				answer(isFlexMultiplexService(service.id)),
			]),
		},
		{
			title: "Examples",
			columns: ["You have", "Service", "Tick"],
			rows: [
				["RNA of 12 tissue samples", "Bulk RNA-Seq", "nothing"],
				["Cells tagged with CellPlex oligos", "10X 3'", "Oligo multiplexing, with the kit's name"],
				["Cells stained with hashing and surface antibodies", "10X 5'", "Cell surface protein capture with kit, cell hashing"],
				["Four samples on one GEM-X chip", "10X 3' or 10X 5'", "On-chip multiplexing"],
				["Fixed cells with probe barcodes", "10X Flex 4-Plex, 16-Plex or Apex", "nothing, they are always multiplexed"],
				["Visium, Smart-Seq2, Amplicon-seq or CUT&RUN", "Custom", "nothing; library types are named in the next step"],
			],
		},
	];
}
