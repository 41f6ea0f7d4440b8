/** A form as it stands in a page: the fields that a browser would send, with sensible values where they must not be empty. */
export interface FoundForm {
	/** Names of all its fields. */
	readonly names: ReadonlySet<string>;
	readonly fields: Readonly<Record<string, string>>;
}

/** The form that is posted to `action`; null when the page has none. */
export function findForm(html: string, action: string): FoundForm | null {
	const escaped = action.replaceAll("&", "&amp;");
	const forms = [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => text);
	const form = forms.find((text) => text.slice(0, text.indexOf(">")).includes(`action="${escaped}"`));
	if (!form) return null;
	const fields: Record<string, string> = {};
	const names = new Set<string>();
	for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
		const name = attribute(tag, "name");
		if (name === null) continue;
		names.add(name);
		const type = attribute(tag, "type") ?? "text";
		if (type === "radio") {
			if (fields[name] === undefined || /\schecked\b/.test(tag)) fields[name] = attribute(tag, "value") ?? "";
		} else if (type === "checkbox") {
			fields[name] = attribute(tag, "value") ?? "true";
		} else if (type !== "file")
			fields[name] =
				attribute(tag, "value") || (isRequired(tag) ? valueFor(attribute(tag, "inputmode") ? "number" : type, name) : "");
	}
	for (const [, head = "", text = ""] of form.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g)) {
		const name = attribute(head, "name");
		if (name === null) continue;
		names.add(name);
		fields[name] = plainText(text) || (isRequired(head) ? "Some text" : "");
	}
	for (const [, head = "", options = ""] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
		const name = attribute(head, "name");
		if (name === null) continue;
		names.add(name);
		const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option = ""]) => option);
		const selected = all.find((option) => /\sselected\b/.test(option));
		const first = all.find((option) => attribute(option, "value"));
		fields[name] = (selected && attribute(selected, "value")) || (first && attribute(first, "value")) || "";
	}
	return { names, fields };
}

function isRequired(tag: string): boolean {
	return /\srequired\b/.test(tag);
}

function attribute(tag: string, name: string): string | null {
	const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
	return found?.[1] === undefined ? null : plainText(found[1]);
}

function plainText(text: string): string {
	return text
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&quot;", '"')
		.replaceAll("&#39;", "'")
		.replaceAll("&amp;", "&");
}

function valueFor(type: string, name: string): string {
	if (type === "email" || /email/i.test(name)) return "somebody@example.org";
	if (type === "number") return "1";
	if (type === "tel" || /phone/i.test(name)) return "+43 1 234";
	if (type === "date") return "2030-01-07";
	if (type === "datetime-local") return "2030-01-07T10:00";
	return type === "password" ? "correct horse battery" : "Some text";
}
