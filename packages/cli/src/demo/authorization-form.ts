/** A line of text as PDF wants it. */
function escapeText(text: string): string {
	return text.replace(/[^\x20-\x7e]/g, "?").replace(/[\\()]/g, (character) => `\\${character}`);
}

/** A one-page PDF with these lines: the signed form of a demonstration request. */
export function makePdf(lines: readonly string[]): Uint8Array {
	const text = lines.map((line, index) => `1 0 0 1 60 ${770 - index * 22} Tm (${escapeText(line)}) Tj`).join("\n");
	const content = `BT /F1 12 Tf\n${text}\nET`;
	const objects = [
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
		`<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
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
