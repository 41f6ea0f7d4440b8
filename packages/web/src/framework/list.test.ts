import { BadRequestError } from "@opengsync/core/errors";
import { describe, expect, it } from "vitest";
import { contentDisposition } from "./content-disposition.ts";
import { csvCell, csvHeading, csvLines, defineList, listQuery, readListState } from "./list.ts";
import { localPath } from "./local-path.ts";

const list = defineList<{ id: number; name: string }>({
	name: "things",
	defaultSort: { by: "id", order: "desc" },
	empty: { title: "None" },
	columns: [
		{ key: "id", title: "ID", sort: true, search: true, cell: (row) => row.id, text: (row) => row.id },
		{ key: "name", title: "Name, short", sort: true, search: true, cell: (row) => row.name, text: (row) => row.name },
		{
			key: "status",
			title: "Status",
			filter: [
				{ id: 0, label: "Draft" },
				{ id: 1, label: "Done" },
			],
			cell: () => "",
		},
	],
});

const read = (query: string) => readListState(list, new URLSearchParams(query));

describe("the state of a list in its address", () => {
	it("begins with the newest, without search and filter", () =>
		expect(read("")).toEqual({ page: 0, sortBy: "id", sortOrder: "desc", search: null, filters: {} }));
	it("reads lists of ids in all their forms", () => {
		for (const query of ["status_in=0,1", "status_in=[0,1]", "status_in=0&status_in=1"])
			expect(read(query).filters).toEqual({ status: [0, 1] });
	});
	it.each(["page=x", "page=-1", "sort_by=password", "sort_by=status", "sort_order=up", "status_in=7", "status_in=x"])(
		"refuses %s",
		(query) => expect(() => read(query)).toThrow(BadRequestError),
	);
	it("drops the sort when searching, and goes to the first page", () => {
		const state = read("sort_by=name&sort_order=asc&status_in=1&page=4");
		const query = listQuery(
			list,
			state,
			{ search: { field: "name", word: "heart" } },
			new URLSearchParams("from=user@7&name=old"),
		);
		expect(String(query)).toBe("from=user%407&name=heart&status_in=1");
	});
	it("keeps search-free filters when turning the page or sorting", () => {
		const state = read("status_in=1");
		expect(String(listQuery(list, state, { page: 2 }))).toBe("sort_by=id&sort_order=desc&status_in=1&page=2");
		expect(String(listQuery(list, state, { sort: { by: "name", order: "asc" } }))).toBe(
			"sort_by=name&sort_order=asc&status_in=1",
		);
	});
});

describe("the CSV export", () => {
	it("cannot run a formula on the computer of the person who opens it", () => {
		for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]) expect(csvCell(text).replace(/^"/, "")).toMatch(/^'/);
		expect(csvCell(-1)).toBe("-1");
	});
	it("quotes what needs it", () =>
		expect(csvHeading(list) + csvLines(list, [{ id: 1, name: 'a "b"\nc' }])).toBe('ID,"Name, short"\r\n1,"a ""b""\nc"\r\n'));
});

describe("names and addresses from outside", () => {
	it("cannot break the header of a download", () => {
		const header = contentDisposition('a"b\r\nc.pdf', false);
		expect(header).toBe("attachment; filename=\"a_bc.pdf\"; filename*=UTF-8''a%22bc.pdf");
		expect(contentDisposition("Ünï.pdf", true)).toBe("inline; filename=\"Uni.pdf\"; filename*=UTF-8''%C3%9Cn%C3%AF.pdf");
		expect(contentDisposition("../x/y", false)).toContain('filename=".._x_y"');
	});
	it("lead nowhere but to this site", () => {
		for (const text of [
			"https://evil",
			"//evil",
			"/\\evil",
			"\\\\evil",
			"javascript:alert(1)",
			"/\n/evil",
			"",
			"evil",
			"/..//evil",
		]) {
			expect(localPath(text)).toBeNull();
		}
		expect(localPath("/projects/5/?tab=a#b")).toBe("/projects/5/?tab=a#b");
	});
});
