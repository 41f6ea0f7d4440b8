import type { Content } from "../framework/exchange.ts";

/** Title of a column: a text, one over numbers, or one that is only heard; what is false or null is left out. */
export type ColumnTitle = string | { readonly numeric: string } | { readonly hidden: string } | false | null;

/** What a table without sorting and paging has around its rows. */
interface SimpleTableProps {
	readonly titles: readonly ColumnTitle[];
	/** Adds a last column for buttons. */
	readonly actions?: boolean;
	/** What the table is about, where its title does not say it; the table is then a region that can be scrolled by keys. */
	readonly label?: string;
	/** Class of the frame in which the table scrolls. */
	readonly class?: string;
	/** Rows of sums. */
	readonly foot?: Content;
	/** The rows. */
	readonly children?: Content;
}

/** A table without sorting and paging: titles, and rows as its children. Cells below a numeric title have `cell-numeric`. */
export function SimpleTable(props: SimpleTableProps) {
	const titles: readonly ColumnTitle[] = props.actions ? [...props.titles, { hidden: "Actions" }] : props.titles;
	const table = (
		<table class="table table-list">
			<thead>
				<tr>
					{titles.map((title) => (
						<TitleCell title={title} />
					))}
				</tr>
			</thead>
			<tbody>{props.children}</tbody>
			{props.foot && <tfoot>{props.foot}</tfoot>}
		</table>
	);
	const frameClass = props.class ? `table-scroll ${props.class}` : "table-scroll";
	if (props.label === undefined) return <div class={frameClass}>{table}</div>;
	return (
		<section class={frameClass} aria-label={props.label} tabindex={0}>
			{table}
		</section>
	);
}

function TitleCell({ title }: { title: ColumnTitle }) {
	if (title === false || title === null) return null;
	if (typeof title === "string") return <th scope="col">{title}</th>;
	if ("hidden" in title) {
		return (
			<th scope="col">
				<span class="visually-hidden">{title.hidden}</span>
			</th>
		);
	}
	return (
		<th scope="col" class="cell-numeric">
			{title.numeric}
		</th>
	);
}
