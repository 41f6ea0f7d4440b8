import { findMember, SequencerModel } from "@opengsync/domain/catalog";
import type { FieldError } from "@opengsync/domain/field-error";
import { isAdmin } from "@opengsync/domain/roles";
import { sql } from "kysely";
import type { CommandContext } from "../context.ts";
import { ForbiddenError, InvalidInputError } from "../errors.ts";

/** The sequencer form (lab-workflows.md §19.6). */
export interface SequencerInput {
	/** 3 to 32 characters, unique. */
	readonly name: string;
	/** Id of *sequencerModel*. */
	readonly modelId: number;
	/** IP address or host name; null = unknown. */
	readonly ip: string | null;
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** An IPv4 or IPv6 address, or a host name. */
function isAddress(text: string): boolean {
	if (text.length > 64) return false;
	if (text.includes(":")) return URL.canParse(`http://[${text}]/`);
	if (/^[\d.]+$/.test(text)) return /^(\d{1,3}\.){3}\d{1,3}$/.test(text) && text.split(".").every((part) => Number(part) <= 255);
	return text.split(".").every((part) => label.test(part));
}

/**
 * Registers a sequencer; admins only.
 * @returns its id
 * @throws InvalidInputError for a taken name, an unknown model or an address that is none
 */
export async function createSequencer({ tx, viewer }: CommandContext, input: SequencerInput): Promise<number> {
	if (!isAdmin(viewer.roleId)) throw new ForbiddenError();
	const name = input.name.trim();
	const errors: FieldError[] = [];
	if (name.length < 3 || name.length > 32) errors.push({ field: "name", message: "A name has 3 to 32 characters." });
	if (!findMember(SequencerModel, input.modelId)) errors.push({ field: "modelId", message: "Choose a model." });
	if (input.ip !== null && !isAddress(input.ip)) errors.push({ field: "ip", message: "Enter an IP address or a host name." });
	if (errors.length > 0) throw new InvalidInputError(errors);
	const { rows } = await sql<{
		id: number;
	}>`INSERT INTO sequencer (name, model_id, ip) VALUES (${name}, ${input.modelId}, ${input.ip})
		ON CONFLICT (name) DO NOTHING RETURNING id`.execute(tx);
	if (!rows[0]) throw new InvalidInputError([{ field: "name", message: "You already have a sequencer with this name." }]);
	return rows[0].id;
}
