import type { Fields } from "./call.ts";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function decodeEntities(text: string): string {
	return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);
}

function attribute(tag: string, name: string): string | null {
	const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag);
	return found ? decodeEntities(found[1] ?? "") : null;
}

function chosenOption(content: string): string {
	const options = [...content.matchAll(/<option[^>]*>/g)].map(([tag]) => tag);
	const chosen = options.find((tag) => attribute(tag, "selected") !== null) ?? options.find((tag) => attribute(tag, "value"));
	return chosen ? (attribute(chosen, "value") ?? "") : "";
}

/** What a browser would send for the forms of a page if nothing was changed in them; a list without choice sends its first option. */
export function formValues(html: string): Fields {
	const values: Record<string, string> = {};
	for (const [tag] of html.matchAll(/<input[^>]*>/g)) {
		const type = attribute(tag, "type") ?? "text";
		const name = attribute(tag, "name");
		if (!name || type === "file" || type === "submit") continue;
		if ((type === "checkbox" || type === "radio") && attribute(tag, "checked") === null) continue;
		values[name] = attribute(tag, "value") ?? "on";
	}
	for (const [, tag = "", content = ""] of html.matchAll(/(<textarea[^>]*>)([\s\S]*?)<\/textarea>/g)) {
		const name = attribute(tag, "name");
		if (name) values[name] = decodeEntities(content).trim();
	}
	for (const [, tag = "", content = ""] of html.matchAll(/(<select[^>]*>)([\s\S]*?)<\/select>/g)) {
		const name = attribute(tag, "name");
		if (name) values[name] = chosenOption(content);
	}
	delete values.csrf_token;
	return values;
}
