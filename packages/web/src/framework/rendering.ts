import { AsyncLocalStorage } from "node:async_hooks";
import type { Viewer } from "@opengsync/core/context";

/** What components need to know of the request in which they are rendered. */
export interface Rendering {
	/** Address of a built file by its plain name (`app.js`, `style.css`, `icons.svg`). */
	readonly asset: (name: string) => string;
	/** Addresses of the islands' scripts by island. */
	readonly islands: Readonly<Record<string, string>>;
	/** Goes into every form as `csrf_token`. */
	readonly csrfToken: string;
	/** Nonce of this response's content security policy. */
	readonly nonce: string;
	readonly viewer: Viewer | null;
	readonly impersonator: Viewer | null;
	readonly organization: string;
	/** Path and query of the request. */
	readonly path: string;
	/** IANA name of the facility's time zone. */
	readonly timeZone: string;
	/** Whether the product has a page at this address; entries that lead nowhere are not shown. */
	readonly hasPage: (path: string) => boolean;
	readonly demo: boolean;
	readonly development: boolean;
}

const storage = new AsyncLocalStorage<Rendering>();

const outside: Rendering = {
	asset: (name) => `/static/${name}`,
	islands: {},
	csrfToken: "",
	nonce: "",
	viewer: null,
	impersonator: null,
	organization: "OpeNGSync",
	path: "/",
	timeZone: "UTC",
	hasPage: () => true,
	demo: false,
	development: false,
};

/** Runs `work` so that components inside it know about the request. */
export function withRendering<T>(rendering: Rendering, work: () => T): T {
	return storage.run(rendering, work);
}

/** The request in which a component is rendered; plain defaults outside of one (tests of components). */
export function currentRendering(): Rendering {
	return storage.getStore() ?? outside;
}
