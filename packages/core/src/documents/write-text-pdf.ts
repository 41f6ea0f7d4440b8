/** Lines of a page: A4 with margins, 12 point. */
const linesPerPage = 44;

/** A line of text as PDF wants it; what is not ASCII becomes a question mark. */
function escapeText(text: string): string {
	return text.replace(/[^\x20-\x7e]/g, "?").replace(/[\\()]/g, (character) => `\\${character}`);
}

function contentOf(lines: readonly string[]): string {
	const text = lines.map((line, index) => `1 0 0 1 60 ${780 - index * 17} Tm (${escapeText(line)}) Tj`).join("\n");
	return `BT /F1 11 Tf\n${text}\nET`;
}

/** A plain PDF of lines of ASCII text, on as many pages as they need. */
export function writeTextPdf(lines: readonly string[]): Uint8Array {
	const numPages = Math.max(1, Math.ceil(lines.length / linesPerPage));
	const pages = Array.from({ length: numPages }, (_, index) =>
		contentOf(lines.slice(index * linesPerPage, (index + 1) * linesPerPage)),
	);
	const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
	const objects = [
		"<< /Type /Catalog /Pages 2 0 R >>",
		`<< /Type /Pages /Kids [${kids}] /Count ${numPages} >>`,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		...pages.flatMap((content, index) => [
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
			`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		]),
	];
	let file = "%PDF-1.4\n";
	const offsets = objects.map((object, index) => {
		const offset = file.length;
		file += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
	const end = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`;
	return new TextEncoder().encode(`${file}${end}startxref\n${file.length}\n%%EOF\n`);
}
