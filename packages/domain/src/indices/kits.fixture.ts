/** The kits of `packages/domain/fixtures/index-kits` for the tests of this folder. */
import { readFileSync } from "node:fs";
import { type IndexKit, parseKitCsv } from "./kit.ts";

const folder = new URL("../../fixtures/index-kits/", import.meta.url);

/** A kit of the fixtures with its identifier as name of the file. */
export function loadKit(id: number, identifier: string): IndexKit {
	const text = readFileSync(new URL(`${identifier}.csv`, folder), "utf8");
	return parseKitCsv(text, { id, identifier, name: `Kit ${identifier}` });
}

export const dualKit: IndexKit = loadKit(1, "IDT-ILMN-UD-A");
export const otherDualKit: IndexKit = loadKit(2, "10X-TT-A");
export const combinatorialKit: IndexKit = loadKit(3, "NEXTERA-XT-V2");
export const singleKit: IndexKit = loadKit(4, "TRUSEQ-METHYL");
export const atacKit: IndexKit = loadKit(5, "10X-NA");
export const allKits: readonly IndexKit[] = [dualKit, otherDualKit, combinatorialKit, singleKit, atacKit];
