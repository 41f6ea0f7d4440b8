import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** Which package may import which (docs/architecture.md, "The house"). */
const allowed: Record<string, readonly string[]> = {
	domain: [],
	illumina: ["domain"],
	db: ["domain"],
	core: ["domain", "illumina", "db"],
	web: ["core", "db", "domain"],
	worker: ["core", "illumina", "db", "domain"],
	client: ["domain"],
	cli: ["domain", "illumina", "db", "core", "web", "worker", "client"],
};

interface ImportStatement {
	readonly file: string;
	readonly specifier: string;
	readonly typeOnly: boolean;
}

const root = path.resolve(import.meta.dirname, "../..");

function readImports(file: string): ImportStatement[] {
	const text = readFileSync(path.join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
	const statements = text.matchAll(
		/(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?from\s+)?"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g,
	);
	return [...statements].map((match) => ({ file, specifier: match[2] ?? match[3] ?? "", typeOnly: match[1] !== undefined }));
}

const sources = globSync("packages/*/src/**/*.{ts,tsx}", { cwd: root }).filter((file) => !/\.(test|bench)\.tsx?$/.test(file));
const imports = sources.flatMap(readImports);
/** What tests, harnesses and benchmarks may use besides. */
const developerDependencies = (() => {
	const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Record<string, Record<string, string>>;
	return { ...manifest.devDependencies, ...manifest.dependencies };
})();
const packageOf = (file: string) => file.split(path.sep)[1] ?? "";

describe("doors between packages", () => {
	test("the scan sees the sources", () => {
		expect(sources.length).toBeGreaterThan(50);
		expect(imports.length).toBeGreaterThan(100);
	});

	test("a package imports only the packages that it may know", () => {
		const offences = imports.filter(({ file, specifier }) => {
			const target = /^@opengsync\/([^/]+)/.exec(specifier)?.[1];
			return target !== undefined && !allowed[packageOf(file)]?.includes(target);
		});
		expect(offences).toEqual([]);
	});

	test("no relative import leaves its package", () => {
		const offences = imports.filter(({ file, specifier }) => {
			if (!specifier.startsWith(".")) return false;
			return !path.join(path.dirname(file), specifier).startsWith(`packages/${packageOf(file)}/`);
		});
		expect(offences).toEqual([]);
	});

	test("the domain is pure: no Node.js, no library", () => {
		expect(imports.filter(({ file, specifier }) => packageOf(file) === "domain" && !specifier.startsWith("."))).toEqual([]);
	});

	test("a library is declared by the package that imports it", () => {
		const offences = imports.filter(({ file, specifier }) => {
			if (specifier.startsWith(".") || specifier.startsWith("node:")) return false;
			const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? "");
			const declared = JSON.parse(readFileSync(path.join(root, "packages", packageOf(file), "package.json"), "utf8")) as {
				dependencies?: Record<string, string>;
			};
			const forTests = /[\\/](testing|harness|bench)[\\/]/.test(file) && name in developerDependencies;
			return declared.dependencies?.[name] === undefined && !forTests;
		});
		expect(offences).toEqual([]);
	});

	test("nothing imports in a circle", () => {
		const graph = new Map<string, string[]>();
		for (const { file, specifier, typeOnly } of imports) {
			if (typeOnly || !specifier.startsWith(".")) continue;
			graph.set(file, [...(graph.get(file) ?? []), path.join(path.dirname(file), specifier)]);
		}
		expect(findCircles(graph)).toEqual([]);
	});
});

/** Circles of a directed graph, each as the list of its nodes. */
function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
	const circles: string[][] = [];
	const done = new Set<string>();
	const visit = (node: string, trail: string[]): void => {
		const at = trail.indexOf(node);
		if (at >= 0) {
			circles.push(trail.slice(at));
			return;
		}
		if (done.has(node)) return;
		for (const next of graph.get(node) ?? []) visit(next, [...trail, node]);
		done.add(node);
	};
	for (const node of graph.keys()) visit(node, []);
	return circles;
}
