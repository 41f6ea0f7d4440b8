import { XMLParser, XMLValidator } from "fast-xml-parser";

/** Largest XML document that is read, in characters. */
export const maximumXmlCharacters = 20 * 1024 * 1024;
/** Most tags of an XML document that is read; they cost far more memory than text. A run with a tag for each of its tiles stays far below. */
export const maximumXmlTags = 500_000;

/** Thrown when a file of a run folder or a report cannot be understood; the message says what is wrong and what was expected. */
export class InstrumentFileError extends Error {
	constructor(message: string) {
		super(message);
		this.name = "InstrumentFileError";
	}
}

/** An element of an XML document, in document order. */
export interface XmlElement {
	/** Name without name space prefix. */
	readonly name: string;
	readonly attributes: Readonly<Record<string, string>>;
	/** Own text, entities resolved, trimmed; empty without text. */
	readonly text: string;
	readonly children: readonly XmlElement[];
}

const parser = new XMLParser({
	preserveOrder: true,
	ignoreAttributes: false,
	attributeNamePrefix: "",
	ignoreDeclaration: true,
	ignorePiTags: true,
	removeNSPrefix: true,
	parseTagValue: false,
	parseAttributeValue: false,
	trimValues: false,
	processEntities: false,
});

/**
 * Reads an XML document. Documents with a DOCTYPE are refused and no entity is expanded except the five predefined ones and
 * character references.
 * @throws {InstrumentFileError} when the text is too large, has too many tags, has a DOCTYPE or is not well-formed
 */
export function parseXml(text: string, fileName: string): XmlElement {
	if (text.length > maximumXmlCharacters) {
		throw new InstrumentFileError(`${fileName} is larger than ${maximumXmlCharacters / 1024 / 1024} MB`);
	}
	if (countTags(text) > maximumXmlTags) throw new InstrumentFileError(`${fileName} has more than ${maximumXmlTags} tags`);
	if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new InstrumentFileError(`${fileName} has a DOCTYPE, which is not accepted`);
	const root = toElements(parseNodes(text.replace(/^\uFEFF/, ""), fileName))[0];
	if (!root) throw new InstrumentFileError(`${fileName} has no root element`);
	return root;
}

/** First child element of that name, in any case; null without. */
export function findChild(element: XmlElement | null, name: string): XmlElement | null {
	const wanted = name.toLowerCase();
	return element?.children.find((child) => child.name.toLowerCase() === wanted) ?? null;
}

/** All child elements of that name, in any case. */
export function findChildren(element: XmlElement | null, name: string): XmlElement[] {
	const wanted = name.toLowerCase();
	return element?.children.filter((child) => child.name.toLowerCase() === wanted) ?? [];
}

/** Trimmed attribute of that name, in any case; null when absent or empty. */
export function findAttribute(element: XmlElement | null, name: string): string | null {
	const wanted = name.toLowerCase();
	for (const [key, value] of Object.entries(element?.attributes ?? {})) {
		if (key.toLowerCase() === wanted) return value.trim() || null;
	}
	return null;
}

/** The element and everything below it, in document order. */
export function* walkElements(element: XmlElement): Generator<XmlElement> {
	yield element;
	for (const child of element.children) yield* walkElements(child);
}

function countTags(text: string): number {
	let count = 0;
	for (let position = text.indexOf("<"); position >= 0; position = text.indexOf("<", position + 1)) count += 1;
	return count;
}

function parseNodes(text: string, fileName: string): unknown {
	const verdict = XMLValidator.validate(text);
	if (verdict !== true) {
		throw new InstrumentFileError(`${fileName} is not well-formed XML: line ${verdict.err.line}: ${verdict.err.msg}`);
	}
	try {
		return parser.parse(text);
	} catch (error) {
		throw new InstrumentFileError(
			`${fileName} is not well-formed XML: ${error instanceof Error ? error.message : String(error)}`,
		);
	}
}

// The parser's ordered form: [{ "<name>": [children], ":@": { attribute: value } }, { "#text": "…" }]; it limits the depth to 100.
function toElements(nodes: unknown): XmlElement[] {
	const elements: XmlElement[] = [];
	for (const node of Array.isArray(nodes) ? nodes : []) {
		const element = toElement(node);
		if (element) elements.push(element);
	}
	return elements;
}

function toElement(node: unknown): XmlElement | null {
	if (typeof node !== "object" || node === null) return null;
	const members: [string, unknown][] = Object.entries(node);
	const content = members.find(([name]) => name !== ":@" && name !== "#text");
	if (!content) return null;
	const attributes: Record<string, string> = Object.create(null);
	const attributeNode = members.find(([name]) => name === ":@")?.[1];
	for (const [name, value] of Object.entries(attributeNode ?? {})) attributes[name] = resolveReferences(String(value));
	return { name: content[0], attributes, text: textOf(content[1]), children: toElements(content[1]) };
}

function textOf(nodes: unknown): string {
	const parts: string[] = [];
	for (const node of Array.isArray(nodes) ? nodes : []) {
		if (typeof node === "object" && node !== null && "#text" in node) parts.push(String(node["#text"]));
	}
	return resolveReferences(parts.join("")).trim();
}

const predefinedEntities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function resolveReferences(text: string): string {
	return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
		if (name) return predefinedEntities[String(name).toLowerCase()] ?? whole;
		const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
