import { maxSheetRows } from "@opengsync/domain/sheets/limits";
import { z } from "zod";

/** Largest sheets that are taken. */
const MAX_COLUMNS = 200;
const MAX_TITLE_LENGTH = 256;
const MAX_CELL_LENGTH = 4_096;

/** What a sheet that is too large is answered. */
export const sheetTooLarge = `A sheet has at most ${maxSheetRows} rows, ${MAX_COLUMNS} columns and ${MAX_CELL_LENGTH} characters per cell.`;

/** What a database cannot hold is left out: U+0000; halves of characters become U+FFFD. */
const storable = (text: string) => text.replaceAll("\0", "").toWellFormed();

const cell = z.union([z.string().max(MAX_CELL_LENGTH).overwrite(storable), z.number(), z.null()]);

/** Headers of a sheet as sent by a browser or script. */
export const sheetColumns = z.array(z.string().max(MAX_TITLE_LENGTH).overwrite(storable)).max(MAX_COLUMNS);

/** Rows of a sheet as sent by a browser or script. */
export const sheetRows = z.array(z.array(cell).max(MAX_COLUMNS)).max(maxSheetRows);

/** A sheet as sent by a browser or script. */
export const rawSheet = z.object({ columns: sheetColumns, rows: sheetRows });

/** Values of named fields as sent by a browser or script. */
export const fieldValues = z.record(
	z.string().max(64),
	z.union([z.string().max(16_384).overwrite(storable), z.number(), z.boolean(), z.null()]),
);
