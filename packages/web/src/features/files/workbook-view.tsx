import { type CellLook, maxViewedColumns, maxViewedRows, type ViewedSheet } from "@opengsync/core/documents/view-workbook";
import { Notice, Tabs } from "../../components/parts.tsx";

/** Letters of a column as spreadsheets count, the first being 0. */
function letters(index: number): string {
	return index < 26 ? String.fromCharCode(65 + index) : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}

/** The look of a cell as style; its values are checked where they are read. */
function styleOf(look: CellLook): Record<string, string> {
	const lines = [look.isUnderlined && "underline", look.isStruck && "line-through"].filter(Boolean).join(" ");
	const style = {
		"font-family": look.fontFamily && `'${look.fontFamily}', sans-serif`,
		"font-size": look.fontSizePt && `${look.fontSizePt}pt`,
		"font-weight": look.isBold && "bold",
		"font-style": look.isItalic && "italic",
		"text-decoration": lines,
		color: look.colour && `#${look.colour}`,
		"background-color": look.fill && `#${look.fill}`,
		"text-align": look.horizontal,
		"vertical-align": look.vertical,
		"white-space": look.isWrapped && "pre-wrap",
	};
	return Object.fromEntries(Object.entries(style).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Text that stands or leans; steep text is laid out upright, so that its row grows with it. */
function Rotated({ text, degrees }: { text: string; degrees: number }) {
	if (degrees >= 45) return <span class="workbook-upwards">{text}</span>;
	if (degrees <= -45) return <span class="workbook-downwards">{text}</span>;
	return (
		<span class="workbook-leaning" style={{ transform: `rotate(${-degrees}deg)` }}>
			{text}
		</span>
	);
}

function Grid({ sheet }: { sheet: ViewedSheet }) {
	if (sheet.rows.length === 0) return <p class="text-secondary">This sheet is empty.</p>;
	return (
		<>
			{sheet.isCut && (
				<Notice>
					Shown are the first {maxViewedRows} rows and {maxViewedColumns} columns at most. Download the file to see the rest.
				</Notice>
			)}
			<section class="table-scroll workbook" tabindex={0} aria-label={sheet.name}>
				<table>
					<colgroup>
						<col />
						{sheet.columnWidthsPx.map((width) => (
							<col style={{ width: `${width}px` }} />
						))}
					</colgroup>
					<thead>
						<tr>
							<td />
							{sheet.columnWidthsPx.map((_, index) => (
								<th scope="col">{letters(index)}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{sheet.rows.map((row, index) => (
							<tr>
								<th scope="row">{index + 1}</th>
								{row.map(({ text, look: number }) => {
									const look = number === null ? undefined : sheet.looks[number];
									return (
										<td {...(look ? { style: styleOf(look) } : {})}>
											{look?.rotationDegrees ? <Rotated text={text} degrees={look.rotationDegrees} /> : text}
										</td>
									);
								})}
							</tr>
						))}
					</tbody>
				</table>
			</section>
		</>
	);
}

/** A workbook to look at, its sheets as tabs (requests-and-annotation.md §3.6). `name` tells the tabs of a page apart. */
export function WorkbookView({ name, sheets }: { name: string; sheets: readonly ViewedSheet[] }) {
	return (
		<Tabs
			name={name}
			tabs={sheets.map((sheet, index) => ({
				key: `${name}-${index + 1}`,
				title: sheet.isHidden ? `${sheet.name} (hidden)` : sheet.name,
				content: <Grid sheet={sheet} />,
			}))}
		/>
	);
}
