import { findMember, parse, ServiceType, SubmissionType } from "../catalog.ts";
import type { FieldError } from "../field-error.ts";
import type { AnnotationFacts } from "./facts.ts";
import { checkLength, formInteger, formText, formTick } from "./form-values.ts";
import {
	findDuplicateLibrary,
	isFlexMultiplexService,
	librarySetOf,
	listExistingLibraries,
	makeLibraries,
	muxTypeOf,
	type OptionalAssayKey,
	offersAssay,
	type ServiceChoice,
} from "./library-set.ts";
import { assayFields, describeServiceFields, listServiceTables, offersHashing } from "./select-service-form.ts";
import { type JsonValue, previousInput, type StepInput, type WorkflowState } from "./state.ts";
import { accept, refuse, type Step } from "./step.ts";
import { annotationTable, type SamplePoolRow } from "./tables.ts";

const step = "select_service";

type Service = NonNullable<ReturnType<typeof findMember<typeof ServiceType>>>;

function readChoice(input: StepInput, serviceTypeId: number): ServiceChoice {
	const assays = new Set<OptionalAssayKey>(assayFields.filter(({ field }) => formTick(input, field)).map(({ assay }) => assay));
	if (formTick(input, "antibody_capture")) assays.add("antibodyCapture");
	return {
		serviceTypeId,
		assays,
		hashing: formTick(input, "antibody_hashing"),
		oligo: formTick(input, "oligo_multiplexing"),
		onChip: formTick(input, "on_chip_multiplexing"),
		parseMultiplexing: formTick(input, "parse_multiplexing"),
	};
}

/** Errors of what is ticked although the service does not offer it (the form disables it, the server refuses it). */
function checkAvailability(choice: ServiceChoice, service: Service, errors: FieldError[]): void {
	const refuseField = (field: string, what: string) =>
		errors.push({ field, message: `${what} is not available with ${service.label}.` });
	for (const { field, assay, label } of assayFields) {
		if (choice.assays.has(assay) && !offersAssay(service.id, assay)) refuseField(field, label);
	}
	if (choice.assays.has("antibodyCapture") && !offersAssay(service.id, "antibodyCapture")) {
		refuseField("antibody_capture", "Cell surface protein capture");
	}
	const byProbe = isFlexMultiplexService(service.id) ? "The samples are multiplexed by probe barcode already." : null;
	const checkMultiplexing = (isChosen: boolean, isOffered: boolean, field: string, what: string) => {
		if (!isChosen || isOffered) return;
		if (byProbe) errors.push({ field, message: byProbe });
		else refuseField(field, what);
	};
	checkMultiplexing(choice.oligo, service.oligoMultiplexing, "oligo_multiplexing", "Oligo multiplexing");
	checkMultiplexing(choice.onChip, service.ocmMultiplexing, "on_chip_multiplexing", "On-chip multiplexing");
	checkMultiplexing(choice.hashing, offersHashing(service.id), "antibody_hashing", "Cell hashing");
	if (choice.parseMultiplexing && service.id !== ServiceType.PARSE.id)
		refuseField("parse_multiplexing", "Multiple samples per sub-library");
}

function checkMultiplexingChoices(choice: ServiceChoice, errors: FieldError[]): void {
	const chosen = [
		choice.hashing ? "antibody_hashing" : null,
		choice.oligo ? "oligo_multiplexing" : null,
		choice.onChip ? "on_chip_multiplexing" : null,
		choice.parseMultiplexing ? "parse_multiplexing" : null,
	].filter((field) => field !== null);
	if (chosen.length < 2) return;
	for (const field of chosen) errors.push({ field, message: "Choose only one way of multiplexing." });
}

function checkParse(input: StepInput, service: Service | null, errors: FieldError[]): void {
	const isParse = service?.id === ServiceType.PARSE.id;
	for (const [field, label, choices] of [
		["parse_kit", "Parse kit", parse.kits],
		["parse_chemistry", "Parse chemistry", parse.chemistries],
	] as const) {
		const id = formText(input, field);
		if (isParse && id === null) errors.push({ field, message: `${label} is missing.` });
		else if (isParse && !choices.some((choice) => String(choice.id) === id))
			errors.push({ field, message: `${label}: unknown choice.` });
		else if (!isParse && service && id !== null) errors.push({ field, message: `${label} is only for Parse Biosciences.` });
	}
}

function checkKitNames(input: StepInput, choice: ServiceChoice, errors: FieldError[]): void {
	const antibodyKit = formText(input, "antibody_capture_kit");
	const oligoKit = formText(input, "oligo_multiplexing_kit");
	const antibodies = choice.assays.has("antibodyCapture");
	checkLength(errors, "antibody_capture_kit", "Antibody capture kit", antibodyKit, { required: antibodies, max: 64 });
	checkLength(errors, "oligo_multiplexing_kit", "Oligo multiplexing kit", oligoKit, { required: choice.oligo, max: 64 });
	if (choice.hashing && !antibodies) {
		errors.push({ field: "antibody_hashing", message: "Hashing in the same library needs cell surface protein capture." });
	}
}

/** Comments on the request that this step records, by context (requests-and-annotation.md §5.18). */
function listComments(input: StepInput, choice: ServiceChoice): Record<string, string> {
	const comments: Record<string, string> = {};
	const record = (context: string, prefix: string, text: string | null | undefined) => {
		if (text) comments[context] = `${prefix}: ${text}`;
	};
	const labelOf = (choices: readonly { readonly id: number; readonly label: string }[], field: string) =>
		choices.find((candidate) => candidate.id === formInteger(input, field))?.label;
	record("additional_information", "Additional info from assay selection", formText(input, "additional_information"));
	if (choice.oligo) record("oligo_multiplexing_kit", "Oligo multiplexing kit", formText(input, "oligo_multiplexing_kit"));
	if (choice.assays.has("antibodyCapture"))
		record("antibody_capture_kit", "Antibody capture kit", formText(input, "antibody_capture_kit"));
	if (choice.serviceTypeId === ServiceType.PARSE.id) {
		record("parse_kit", "Parse Kit", labelOf(parse.kits, "parse_kit"));
		record("parse_chemistry", "Parse Chemistry", labelOf(parse.chemistries, "parse_chemistry"));
	}
	return comments;
}

/** Errors of the input, all of them (requests-and-annotation.md §5.6). */
function checkInput(input: StepInput, state: WorkflowState, facts: AnnotationFacts): FieldError[] {
	const errors: FieldError[] = [];
	const serviceTypeId = formInteger(input, "service_type_id");
	const service = findMember(ServiceType, serviceTypeId);
	if (!service) {
		const message = formText(input, "service_type_id") === null ? "Choose a service." : "Choose a service of the list.";
		errors.push({ field: "service_type_id", message });
	}
	const choice = readChoice(input, service?.id ?? ServiceType.CUSTOM.id);
	checkParse(input, service, errors);
	checkKitNames(input, choice, errors);
	if (service) checkAvailability(choice, service, errors);
	checkMultiplexingChoices(choice, errors);
	checkLength(errors, "additional_information", "Additional information", formText(input, "additional_information"), {
		max: 4096,
	});
	if (errors.length === 0 && muxTypeOf(choice) === null) {
		const samples = annotationTable(state, "samples").map((sample) => sample.sample_name);
		const existing = listExistingLibraries(samples, facts.requestLibraries);
		const types = librarySetOf(choice);
		for (const sample of samples) {
			const message = findDuplicateLibrary(sample, types, existing);
			if (message) errors.push({ field: "service_type_id", message });
		}
	}
	return errors;
}

function titleFor(facts: AnnotationFacts): string {
	return facts.submissionTypeId === SubmissionType.POOLED_LIBRARIES.id ? "Select Assay" : "Select Services";
}

/** Chooses the service, its optional assays and the multiplexing (requests-and-annotation.md §5.6). */
export const selectServiceStep: Step<AnnotationFacts> = {
	name: step,
	title: "Select Services",
	applies: () => true,
	present(state, facts) {
		const fields = describeServiceFields(facts);
		const input = previousInput(state, step) ?? {};
		const values = fields.map((field): [string, JsonValue] => {
			if (field.type === "checkbox") return [field.name, formTick(input, field.name)];
			return [field.name, field.type === "choice" ? formInteger(input, field.name) : formText(input, field.name)];
		});
		return { kind: "form", title: titleFor(facts), fields, values: Object.fromEntries(values), tabs: listServiceTables() };
	},
	accept(input, state, facts) {
		const errors = checkInput(input, state, facts);
		if (errors.length > 0) return refuse([], errors);
		const choice = readChoice(input, formInteger(input, "service_type_id") ?? ServiceType.CUSTOM.id);
		const muxTypeId = muxTypeOf(choice);
		const libraryTypeIds = librarySetOf(choice);
		const metadata = {
			service_type_id: choice.serviceTypeId,
			mux_type_id: muxTypeId,
			library_type_ids: libraryTypeIds,
			nuclei_isolation: formTick(input, "nuclei_isolation"),
			comments: listComments(input, choice),
		};
		if (muxTypeId !== null) return accept({ metadata, tables: {} });
		const samplePools: SamplePoolRow[] = annotationTable(state, "samples").map((sample) => ({
			sample_name: sample.sample_name,
			sample_pool: sample.sample_name,
		}));
		if (choice.serviceTypeId === ServiceType.CUSTOM.id) return accept({ metadata, tables: { sample_pools: samplePools } });
		const pools = samplePools.map(({ sample_pool }) => ({ samplePool: sample_pool, libraryTypeIds }));
		return accept({ metadata, tables: { sample_pools: samplePools, ...makeLibraries(samplePools, pools, null) } });
	},
};
