import type { DataPathRow } from "@opengsync/db/queries/data-paths";
import { DataPathType, findMember } from "@opengsync/domain/catalog";
import { isViewableFile } from "@opengsync/domain/viewable-files";
import { SimpleTable } from "../../components/simple-table.tsx";
import type { Content } from "../../framework/exchange.ts";

/** Data paths; files that the browser can show are links. `action` gives the button of a row. */
export function DataPathTable(props: { paths: readonly DataPathRow[]; action?: ((path: DataPathRow) => Content) | undefined }) {
	const { paths, action } = props;
	return (
		<SimpleTable titles={["Path", "Type"]} actions={action !== undefined}>
			{paths.map((row) => (
				<tr>
					<td class="font-mono">
						{isViewableFile(row.path) ? (
							<a href={`/data_file/${row.id}/`} target="_blank" rel="noopener">
								{row.path}
							</a>
						) : (
							row.path
						)}
					</td>
					<td>{findMember(DataPathType, row.type_id)?.label}</td>
					{action && <td class="text-end">{action(row)}</td>}
				</tr>
			))}
		</SimpleTable>
	);
}
