import { barcodeMatchStep } from "./barcode-match-step.ts";
import { customAssayAnnotationStep } from "./custom-assay-annotation.ts";
import { defineMuxSamplesStep } from "./define-mux-samples.ts";
import type { AnnotationFacts } from "./facts.ts";
import { featureAnnotationStep } from "./feature-annotation.ts";
import { flexMuxAnnotationStep } from "./flex-mux-annotation.ts";
import { barcodeInputStep, tenxAtacBarcodeInputStep } from "./index-steps.ts";
import { ocmAnnotationStep } from "./ocm-annotation.ts";
import { oligoMuxAnnotationStep } from "./oligo-mux-annotation.ts";
import { parseCrisprGuideAnnotationStep } from "./parse-crispr-guide-annotation.ts";
import { parseMuxAnnotationStep } from "./parse-mux-annotation.ts";
import { poolMappingStep } from "./pool-mapping.ts";
import { pooledLibraryAnnotationStep } from "./pooled-library-annotation.ts";
import { projectSelectStep } from "./project-select.ts";
import { reviewStep } from "./review.ts";
import { sampleAnnotationStep } from "./sample-annotation.ts";
import { sampleAttributeAnnotationStep } from "./sample-attribute-annotation.ts";
import { selectServiceStep } from "./select-service.ts";
import { openstAnnotationStep, visiumAnnotationStep } from "./spatial-annotation.ts";
import type { Workflow } from "./step.ts";

/** The sample annotation workflow; the order is that of requests-and-annotation.md §5.2. */
export const annotationWorkflow: Workflow<AnnotationFacts> = {
	name: "sample_annotation",
	steps: [
		projectSelectStep,
		sampleAnnotationStep,
		sampleAttributeAnnotationStep,
		selectServiceStep,
		defineMuxSamplesStep,
		customAssayAnnotationStep,
		oligoMuxAnnotationStep,
		ocmAnnotationStep,
		flexMuxAnnotationStep,
		parseMuxAnnotationStep,
		pooledLibraryAnnotationStep,
		poolMappingStep,
		barcodeInputStep,
		tenxAtacBarcodeInputStep,
		barcodeMatchStep,
		featureAnnotationStep,
		openstAnnotationStep,
		visiumAnnotationStep,
		parseCrisprGuideAnnotationStep,
		reviewStep,
	],
};
