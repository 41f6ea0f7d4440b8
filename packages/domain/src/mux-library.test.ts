import { expect, it } from "vitest";
import { LibraryType, MuxType } from "./catalog.ts";
import { carriesMux } from "./mux-library.ts";

it.each([
	["the oligo library of an oligo pool", LibraryType.TENX_MUX_OLIGO.id, MuxType.TENX_OLIGO.id, true],
	["a bulk library of an oligo pool", LibraryType.BULK_RNA_SEQ.id, MuxType.TENX_OLIGO.id, false],
	["a library of one sample", LibraryType.TENX_MUX_OLIGO.id, null, false],
	["an unknown way of multiplexing", LibraryType.TENX_MUX_OLIGO.id, 99, false],
])("%s holds the multiplexing data of its samples: %s", (_case, typeId, muxTypeId, expected) =>
	expect(carriesMux({ typeId, muxTypeId })).toBe(expected),
);
