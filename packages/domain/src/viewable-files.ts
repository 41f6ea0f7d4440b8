/** Extensions that pages show: HTML in a sandbox, PDF, images, text, tables (extensions.md §4). Never reads: those are downloaded by the link. */
const viewable: ReadonlySet<string> = new Set([
	...["html", "htm", "pdf", "png", "jpg", "jpeg", "gif", "svg", "webp"],
	...["txt", "log", "md", "json", "yaml", "yml", "csv", "tsv", "xlsx"],
]);

/** Whether pages show a file of this name; asked of the name and of what a link leads to (extensions.md §4). */
export function isViewableFile(name: string): boolean {
	const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase();
	return extension !== undefined && viewable.has(extension);
}
