// The public door of the catalog: every enumeration, grouping and constant, and the functions to look members up.
export * from "./catalog/catalog.gen.ts";
export * from "./catalog/member.ts";
