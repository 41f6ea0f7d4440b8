import type { IndexKitAdapter, IndexKitBarcode, IndexKitContent } from "@opengsync/db/queries/index-kits";
import { BarcodeType, plate } from "@opengsync/domain/catalog";
import { parseWell, wellName } from "@opengsync/domain/plate-wells";
import { Card, EmptyState } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";

const sidesOf = (adapter: IndexKitAdapter) => ({
	i7: adapter.barcodes.filter((barcode) => barcode.typeId === BarcodeType.INDEX_I7.id),
	i5: adapter.barcodes.filter((barcode) => barcode.typeId === BarcodeType.INDEX_I5.id),
});

const names = (barcodes: readonly IndexKitBarcode[]) => [...new Set(barcodes.map((barcode) => barcode.name))].join(", ");
const sequences = (barcodes: readonly IndexKitBarcode[]) => barcodes.map((barcode) => barcode.sequence).join(", ");

/** Adapters by their place on a 96-well plate; null when a kit has no wells or others. */
export function plateOf(kit: IndexKitContent): Map<number, IndexKitAdapter> | null {
	const places = new Map<number, IndexKitAdapter>();
	for (const adapter of kit.adapters) {
		const place = adapter.well === null ? null : parseWell(adapter.well, plate);
		if (place === null) return null;
		places.set(place, adapter);
	}
	return places.size > 0 ? places : null;
}

/** The kit as the plate lies on the bench: names, with the sequences below. */
export function AdapterPlate({ adapters }: { adapters: ReadonlyMap<number, IndexKitAdapter> }) {
	const rows = Array.from({ length: plate.numRows }, (_, row) => row);
	const columns = Array.from({ length: plate.numCols }, (_, column) => column);
	return (
		<Card padded={false}>
			<div class="table-scroll">
				<table class="table table-sm table-bordered" aria-label="Plate">
					<thead>
						<tr>
							<th scope="col">
								<span class="visually-hidden">Row</span>
							</th>
							{columns.map((column) => (
								<th scope="col">{column + 1}</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map((row) => (
							<tr>
								<th scope="row">{wellName(row * plate.numCols, plate).slice(0, 1)}</th>
								{columns.map((column) => (
									<PlateCell adapter={adapters.get(row * plate.numCols + column)} />
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
		</Card>
	);
}

function PlateCell({ adapter }: { adapter: IndexKitAdapter | undefined }) {
	if (!adapter) return <td class="text-secondary">–</td>;
	const { i7, i5 } = sidesOf(adapter);
	const both = names(i5) === "" || names(i5) === names(i7);
	return (
		<td>
			<div>{both ? names(i7) : `${names(i7)} + ${names(i5)}`}</div>
			<div class="font-mono text-secondary">
				{i7.map((barcode) => (
					<div>{barcode.sequence}</div>
				))}
				{i5.map((barcode) => (
					<div>+ {barcode.sequence}</div>
				))}
			</div>
		</td>
	);
}

/** All adapters of a kit in a list. */
export function AdapterTable({ kit }: { kit: IndexKitContent }) {
	if (kit.adapters.length === 0) return <EmptyState icon="barcode" title="No adapters in this kit yet" />;
	const hasWells = kit.adapters.some((adapter) => adapter.well !== null);
	const hasI5 = kit.adapters.some((adapter) => sidesOf(adapter).i5.length > 0);
	return (
		<Card padded={false}>
			<SimpleTable titles={[hasWells && "Well", "Name i7", "Sequence i7", hasI5 && "Name i5", hasI5 && "Sequence i5"]}>
				{kit.adapters.map((adapter) => {
					const { i7, i5 } = sidesOf(adapter);
					return (
						<tr>
							{hasWells && <td>{adapter.well}</td>}
							<td>{names(i7)}</td>
							<td class="font-mono">{sequences(i7)}</td>
							{hasI5 && (
								<>
									<td>{names(i5)}</td>
									<td class="font-mono">{sequences(i5)}</td>
								</>
							)}
						</tr>
					);
				})}
			</SimpleTable>
		</Card>
	);
}
