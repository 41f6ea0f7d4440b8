import path from "node:path";
import { parseFeatureCsv } from "@opengsync/core/kits/parse-feature-csv";
import { readKitAssets } from "@opengsync/core/kits/read-kit-assets";
import type { AnnotationFacts, FeatureKitFact } from "@opengsync/domain/annotation/facts";
import { FeatureType, membersOf, SeqRequestStatus } from "@opengsync/domain/catalog";
import { type IndexKit, parseKitCsv } from "@opengsync/domain/indices/kit";
import { projectFolder } from "./project-folders.ts";

const shippedKits = () => path.join(projectFolder(), "packages", "core", "assets", "kits");

/** What the annotation is checked against without a database: an empty request of this submission type, and the kits of a folder. */
export async function makeOfflineFacts(submissionTypeId: number, kitFolder?: string): Promise<AnnotationFacts> {
	const indexKits: IndexKit[] = [];
	const featureKits: FeatureKitFact[] = [];
	for (const [index, file] of (await readKitAssets(kitFolder ?? shippedKits())).entries()) {
		const kit = { id: index + 1, identifier: file.identifier, name: file.name };
		const type = membersOf(FeatureType).find((member) => member.key.toLowerCase() === file.kind.toLowerCase());
		if (!type) {
			indexKits.push(parseKitCsv(file.content, kit));
			continue;
		}
		const features = parseFeatureCsv(file.content).map((feature, at) => ({ ...feature, id: at + 1, identifier: null }));
		featureKits.push({ ...kit, typeId: type.id, features });
	}
	return {
		userId: 0,
		isInsider: true,
		requestorId: 0,
		submissionTypeId,
		requestStatusId: SeqRequestStatus.DRAFT.id,
		requestGroupId: null,
		contactPerson: null,
		projects: [],
		takenProjectTitles: [],
		projectSamples: [],
		requestLibraries: [],
		indexKits,
		featureKits,
		ownedPoolNames: [],
	};
}
