/** However an index is named, it is the same index (requests-and-annotation.md §6.2, §6.4). */
import fc from "fast-check";
import { expect, test } from "vitest";
import { allKits, dualKit, otherDualKit } from "../../fixtures/index-kits/load-kits.ts";
import type { RawCell } from "../sheets/types.ts";
import { validateSheet } from "../sheets/validate-sheet.ts";
import { reverseComplement } from "../text-rules.ts";
import { buildBarcodeInputSheet, resolveBarcodeRows } from "./barcode-input-sheet.ts";
import { type IndexKit, type KitAdapter, kitLabel } from "./kit.ts";
import { applyMatchAnswers, findKitMatches } from "./kit-match.ts";

const parameters = { numRuns: 300, seed: 20261123 };

/** Cells of a row after the name of the library: well, i7 kit, name, sequence, i5 kit, name, sequence. */
type Cells = readonly RawCell[];

/** Ways to name both sides of an adapter; each gives the cells. */
const ways: Readonly<Record<string, (kit: IndexKit, adapter: KitAdapter) => Cells>> = {
	well: (kit, { well }) => [well, kitLabel(kit), null, null, null, null, null],
	"well of a plate reader, kit as Excel spoils it": (kit, { well }) => [
		...[well?.toLowerCase().replace(/^([a-h])(\d)$/, "$10$2") ?? null, `#${kit.identifier}`],
		...[null, null, null, null, null],
	],
	name: (kit, { i7 }) => [null, kitLabel(kit), i7[0]?.name ?? null, null, null, null, null],
	"both names": (kit, { i7, i5 }) => [
		...[null, kitLabel(kit), i7[0]?.name ?? null, null],
		...[kitLabel(kit), i5[0]?.name ?? null, null],
	],
	sequences: (_kit, { i7, i5 }) => [null, null, null, i7[0]?.sequence ?? null, null, null, i5[0]?.sequence ?? null],
	"sequences as somebody types them": (_kit, { i7, i5 }) => [
		...[null, null, null, ` ${i7[0]?.sequence.toLowerCase().replace(/^(...)/, "$1 ")}\u00a0`],
		...[null, null, i5[0]?.sequence.replace(/^(..)/, "$1-") ?? null],
	],
};

interface Library {
	readonly kit: IndexKit;
	readonly adapter: KitAdapter;
	readonly way: string;
}

function librariesOf(kits: readonly IndexKit[]): fc.Arbitrary<Library[]> {
	const places = kits.flatMap((kit) => kit.adapters.map((adapter) => ({ kit, adapter })));
	const way = fc.constantFrom(...Object.keys(ways));
	return fc
		.uniqueArray(fc.nat(places.length - 1), { minLength: 1, maxLength: 12 })
		.chain((chosen) =>
			fc.tuple(...chosen.map((index) => way.map((of) => ({ ...(places[index] as (typeof places)[number]), way: of })))),
		);
}

function resolve(rows: readonly Cells[]) {
	const names = rows.map((_, index) => `library_${index + 1}`);
	const definition = buildBarcodeInputSheet({ libraries: names.map((name) => ({ name })), kits: allKits });
	const raw = {
		columns: definition.columns.map(({ label }) => label),
		rows: rows.map((cells, index) => [names[index] ?? null, ...cells]),
	};
	const sheet = validateSheet(definition, raw);
	expect(sheet.problems).toEqual([]);
	return resolveBarcodeRows(sheet.rows, allKits);
}

test("by well, by name or by sequence, in any mixture, a library gets the index that is meant", () => {
	fc.assert(
		fc.property(librariesOf([dualKit, otherDualKit]), (libraries) => {
			const resolved = resolve(libraries.map(({ kit, adapter, way }) => ways[way]?.(kit, adapter) ?? []));
			const sequences = resolved.map(({ i7, i5 }) => [i7?.sequence, i5?.sequence]);
			expect(sequences).toEqual(libraries.map(({ adapter }) => [adapter.i7[0]?.sequence, adapter.i5[0]?.sequence]));
			const kits = libraries.map(({ kit, way }) => (way.startsWith("sequences") ? null : kit.id));
			expect(resolved.map(({ i7 }) => i7?.kitId)).toEqual(kits);
		}),
		parameters,
	);
});

test("typed sequences of one kit lead to this kit, whichever side was typed as its reverse complement", () => {
	const typed = fc.tuple(librariesOf([dualKit]), fc.boolean(), fc.boolean());
	fc.assert(
		fc.property(typed, ([libraries, turnsI7, turnsI5]) => {
			const written = (sequence = "", turns: boolean) => (turns ? reverseComplement(sequence) : sequence);
			const rows = resolve(
				libraries.map(({ adapter: { i7, i5 } }) => [
					...[null, null, null, written(i7[0]?.sequence, turnsI7)],
					...[null, null, written(i5[0]?.sequence, turnsI5)],
				]),
			);
			const matches = findKitMatches(rows, allKits);
			const choiceOf = (side: "i7" | "i5", turns: boolean) =>
				matches[side]?.find((found) => found.kitId === dualKit.id && found.isReverseComplement === turns)?.choice ?? "";
			const answers = { i7: { choice: choiceOf("i7", turnsI7) }, i5: { choice: choiceOf("i5", turnsI5) } };
			const settled = applyMatchAnswers(rows, answers, allKits);
			expect(settled.map(({ i7, i5 }) => [i7?.sequence, i7?.kitId, i5?.sequence, i5?.kitId])).toEqual(
				libraries.map(({ adapter: { i7, i5 } }) => [i7[0]?.sequence, dualKit.id, i5[0]?.sequence, dualKit.id]),
			);
		}),
		parameters,
	);
});
