import { findMember, GenomeRef, LibraryStatus, LibraryType, MuxType } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { isInsider } from "@opengsync/domain/roles";
import { checkName } from "@opengsync/domain/text-rules";
import { requireTransition } from "@opengsync/domain/transitions";
import type { CommandContext } from "../context.ts";
import { BadRequestError, InvalidInputError } from "../errors.ts";
import { loadLibraryFor } from "./load-for-change.ts";

/** What the form of a library says (requests-and-annotation.md §11). */
export interface LibraryInput {
	/** Sample name, 4–64 characters; the library is called `<name>_<identifier of the type>`. */
	readonly name: string;
	/** Id of *libraryType*. */
	readonly typeId: number;
	/** Id of *genomeRef*. */
	readonly genomeRefId: number;
	/** Id of *muxType*; null = not multiplexed. */
	readonly muxTypeId: number | null;
	readonly nucleiIsolation: boolean;
	/** Id of *libraryStatus*; null = as it is. What others than insiders send is ignored. */
	readonly statusId: number | null;
}

const checkCharacters = checkName();

/** A name that was taken over from an older database may stay as it is. */
function nameErrors(name: string, present: string): FieldError[] {
	if (name === present) return [];
	if (name.length < 4 || name.length > 64) return [{ field: "name", message: "Between 4 and 64 characters." }];
	const wrong = checkCharacters(name);
	return wrong === null ? [] : [{ field: "name", message: `${wrong}.` }];
}

/**
 * Changes a library: E if it is DRAFT, else I; its status is for insiders (access-and-web.md §3.4).
 * @throws NotFoundError, ForbiddenError, InvalidInputError with the fields of the form, BadRequestError for an unknown status
 */
export async function updateLibrary(context: CommandContext, libraryId: number, input: LibraryInput): Promise<void> {
	const library = await loadLibraryFor(context, libraryId, "edit");
	const name = input.name.trim();
	const type = findMember(LibraryType, input.typeId);
	const errors = nameErrors(name, library.sample_name);
	if (!type) errors.push({ field: "typeId", message: "Choose a library type." });
	if (!findMember(GenomeRef, input.genomeRefId)) errors.push({ field: "genomeRefId", message: "Choose a genome." });
	if (input.muxTypeId !== null && !findMember(MuxType, input.muxTypeId)) {
		errors.push({ field: "muxTypeId", message: "Choose a method, or none." });
	}
	if (!type || errors.length > 0) throw new InvalidInputError(errors);
	const statusId = isInsider(context.viewer.roleId) && input.statusId !== null ? input.statusId : library.status_id;
	if (statusId !== library.status_id) {
		if (!findMember(LibraryStatus, statusId)) throw new BadRequestError("The status is not known.");
		requireTransition("library", library.status_id, statusId, "form");
	}
	await context.tx
		.updateTable("library")
		.set({
			name: `${name}_${type.identifier}`,
			sample_name: name,
			type_id: type.id,
			genome_ref_id: input.genomeRefId,
			mux_type_id: input.muxTypeId,
			nuclei_isolation: input.nucleiIsolation,
			status_id: statusId,
		})
		.where("id", "=", libraryId)
		.execute();
}
