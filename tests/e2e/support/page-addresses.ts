import { LibraryType } from "@opengsync/domain/catalog";
import type { Route } from "@opengsync/web/framework/route";
import type { TestBrowser } from "../../../packages/web/src/framework/testing/browser.ts";

const mostTries = 60;
const mostPages = 6;

/** Libraries that have features: they are rare. */
const antibodyTypes = [LibraryType.TENX_ANTIBODY_CAPTURE.id, LibraryType.TENX_SC_ABC_FLEX.id].join(",");

/** Addresses of the objects that a person finds on the first pages of a list. */
export class KnownObjects {
	private readonly caller: TestBrowser;
	private readonly byList = new Map<string, Promise<readonly string[]>>();

	constructor(caller: TestBrowser) {
		this.caller = caller;
	}

	/** Addresses like `/projects/7/`, in the order of the list; none where the list is refused. */
	of(list: string): Promise<readonly string[]> {
		const known = this.byList.get(list) ?? this.read(list);
		this.byList.set(list, known);
		return known;
	}

	private async read(list: string): Promise<readonly string[]> {
		const found = new Set<string>();
		const read = async (query: string) => {
			const text = await (await this.caller.get(`${list}?${query}`)).text();
			for (const [, address = ""] of text.matchAll(new RegExp(`href="(${list}\\d+/)["?]`, "g"))) found.add(address);
		};
		await read("page=0");
		if (list === "/libraries/") await read(`type_in=${antibodyTypes}`);
		for (let page = 1; page < mostPages; page++) {
			const known = found.size;
			await read(`page=${page}`);
			if (found.size === known) break;
		}
		return [...found];
	}
}

/** Whether the address of a route is one object's: `/projects/:id/…`, without further parameters. */
export function isAboutOneObject(route: Pick<Route, "path">): boolean {
	return /^\/[\w/]+\/:id\/([\w-]+\/)*$/.test(route.path);
}

/** The first address of a route that is open to the person; undefined when all of the person's objects refuse it. */
export async function findOpenAddress(
	route: Pick<Route, "path">,
	caller: TestBrowser,
	objects: KnownObjects,
): Promise<string | undefined> {
	const [list = "", rest = ""] = route.path.split(":id/");
	for (const object of (await objects.of(list)).slice(0, mostTries)) {
		const address = `${object}${rest}`;
		const answer = await caller.get(address);
		await answer.body?.cancel();
		if (answer.status === 200) return address;
	}
	return undefined;
}
