import { findMember, GroupType } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { InvalidInputError } from "../errors.ts";

/** What the form of a group says (access-and-web.md §3.5). */
export interface GroupInput {
	/** 6–128 characters, unique. */
	readonly name: string;
	/** Id of *groupType*. */
	readonly typeId: number;
}

/** The input trimmed and checked. @throws InvalidInputError with the fields of the form */
export function checkGroupInput(input: GroupInput): GroupInput {
	const name = input.name.trim();
	const errors: FieldError[] = [];
	if (name.length < 6 || name.length > 128) errors.push({ field: "name", message: "Between 6 and 128 characters." });
	if (!findMember(GroupType, input.typeId)) errors.push({ field: "typeId", message: "Choose a type." });
	if (errors.length > 0) throw new InvalidInputError(errors);
	return { name, typeId: input.typeId };
}
