import type { Content } from "../framework/exchange.ts";

/** A table without sorting and paging: titles, and rows as its children. `actions` adds a last column for buttons. */
export function SimpleTable(props: {
	readonly titles: readonly string[];
	readonly actions?: boolean;
	readonly children?: Content;
}) {
	return (
		<div class="table-scroll">
			<table class="table table-list">
				<thead>
					<tr>
						{props.titles.map((title) => (
							<th scope="col">{title}</th>
						))}
						{props.actions && (
							<th scope="col">
								<span class="visually-hidden">Actions</span>
							</th>
						)}
					</tr>
				</thead>
				<tbody>{props.children}</tbody>
			</table>
		</div>
	);
}
