import type { Content } from "./exchange.ts";

/** One step of the way to a page; the last has no address. */
export interface Breadcrumb {
	readonly label: string;
	readonly href?: string;
}

/** Entries of the navigation: access-and-web.md §7.1. */
export type NavigationKey =
	| "dashboard"
	| "projects"
	| "requests"
	| "design"
	| "preps"
	| "experiments"
	| "samples"
	| "libraries"
	| "pools"
	| "users"
	| "groups"
	| "kits"
	| "protocols"
	| "barcodes"
	| "features"
	| "runs"
	| "files"
	| "calendar"
	| "workflows"
	| "share"
	| "devices"
	| "admin"
	| "audit"
	| "help"
	| "profile"
	| "signIn";

/** What a page is called and where it belongs. */
export interface PageOptions {
	readonly title: string;
	readonly subtitle?: Content;
	readonly breadcrumbs?: readonly Breadcrumb[];
	readonly active?: NavigationKey;
	/** Buttons at the right of the title. */
	readonly actions?: Content;
	/** Status bar below the title. */
	readonly status?: Content;
	/** HTTP status; 200 unless given. */
	readonly httpStatus?: number;
	/** Without navigation: sign-in, registration, first admin. */
	readonly bare?: boolean;
}
