// Which package may import which (docs/architecture.md, "The house").
const allowed = {
	domain: [],
	illumina: ["domain"],
	db: ["domain"],
	core: ["domain", "illumina", "db"],
	web: ["core", "db", "domain"],
	worker: ["core", "illumina", "db", "domain"],
	client: ["domain"],
	cli: ["domain", "illumina", "db", "core", "web", "worker", "client"],
};

const packageRules = Object.entries(allowed).map(([name, others]) => ({
	name: `door-of-${name}`,
	comment: `packages/${name} may import ${others.length > 0 ? others.join(", ") : "no other package"}.`,
	severity: "error",
	from: { path: `^packages/${name}/src/`, pathNot: "\\.test\\.tsx?$" },
	to: { path: "^packages/", pathNot: `^packages/(${[name, ...others].join("|")})/` },
}));

module.exports = {
	forbidden: [
		...packageRules,
		{
			name: "domain-runs-in-the-browser",
			comment: "The domain is pure: no Node.js, no library.",
			severity: "error",
			from: { path: "^packages/domain/src/", pathNot: "\\.(test|bench)\\.ts$" },
			to: { dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-no-pkg"] },
		},
		{ name: "no-circles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
		{ name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
	],
	options: {
		doNotFollow: { path: "node_modules" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		exclude: "\\.gen\\.ts$",
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"], extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
	},
};
