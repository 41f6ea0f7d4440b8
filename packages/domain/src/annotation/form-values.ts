import type { FieldError } from "../field-error.ts";
import type { StepInput } from "./state.ts";

/** A submitted text: NUL removed, trimmed; null when blank or not a text or number. */
export function formText(input: StepInput, field: string): string | null {
	const value = input.values?.[field];
	const text = typeof value === "number" ? String(value) : value;
	if (typeof text !== "string") return null;
	const trimmed = text.replaceAll("\0", "").trim();
	return trimmed === "" ? null : trimmed;
}

/** A submitted tick: true, "true", "on", "1" and "yes" are ticked, everything else is not. */
export function formTick(input: StepInput, field: string): boolean {
	const value = input.values?.[field];
	return value === true || value === 1 || (typeof value === "string" && ["true", "on", "1", "yes"].includes(value.toLowerCase()));
}

/** A submitted whole number; null when blank or none. */
export function formInteger(input: StepInput, field: string): number | null {
	const text = formText(input, field);
	return text !== null && /^-?\d{1,15}$/u.test(text) ? Number(text) : null;
}

/** Reports lengths of a submitted text as problems of its field: missing if required, too short, too long. */
export function checkLength(
	errors: FieldError[],
	field: string,
	label: string,
	text: string | null,
	limits: { readonly required?: boolean; readonly min?: number; readonly max: number },
): void {
	if (text === null) {
		if (limits.required) errors.push({ field, message: `${label} is missing.` });
	} else if (text.length < (limits.min ?? 0)) {
		errors.push({ field, message: `${label} needs at least ${limits.min} characters.` });
	} else if (text.length > limits.max) {
		errors.push({ field, message: `${label} may have at most ${limits.max} characters.` });
	}
}

/** Whether a text has the shape of an e-mail address. */
export function isEmail(text: string): boolean {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text);
}
