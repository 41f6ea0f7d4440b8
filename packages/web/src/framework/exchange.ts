import type { CommandContext, Services, Viewer } from "@opengsync/core/context";
import type { FoundShare } from "@opengsync/core/sharing/tokens";
import type { Db } from "@opengsync/db/connection";
import type { Child } from "hono/jsx";
import type { z } from "zod";
import type { Cookies } from "./cookies.ts";
import type { EnteredForm, FieldMap, FormDefinition, FormResult, FormState, FormValues } from "./form.ts";
import type { PageOptions } from "./page.ts";
import type { Route } from "./route.ts";
import type { SessionControl } from "./session.ts";

/** Colour of a short notice: access-and-web.md §6.4. */
export type FlashCategory = "success" | "info" | "warning" | "error";

/** A short notice, shown as a toast. Text, never HTML. */
export interface Flash {
	readonly category: FlashCategory;
	readonly message: string;
}

/** Anything that was loaded together with the caller's level to it; queries name the column `access_level`. */
export interface WithAccessLevel {
	/** *accessType* of the caller to this object. */
	readonly access_level: number;
}

/** Content that JSX gives and pages take. */
export type Content = Child | Promise<Child>;

/** How a download is sent. */
export interface DownloadOptions {
	readonly fileName: string;
	readonly contentType: string;
	/** Shown in the browser instead of saved. */
	readonly inline?: boolean;
	readonly sizeBytes?: number;
	/** Changes when the content changes: who has it already is answered 304. */
	readonly version?: string;
}

/** What a handler gets: everything about one request, and the only ways to answer it. */
export interface Exchange<Params = Record<string, unknown>, Query = Record<string, unknown>> {
	readonly request: Request;
	readonly requestId: string;
	readonly route: Route;
	readonly url: URL;
	readonly params: Params;
	readonly query: Query;
	/** The signed-in person. @throws SignInRequiredError on public routes when nobody is signed in */
	readonly viewer: Viewer;
	readonly maybeViewer: Viewer | null;
	/** The admin who works in the viewer's account, if any: access-and-web.md §4.8. */
	readonly impersonator: Viewer | null;
	/** Number of the API token with which the request came; null for everything but the API. */
	readonly apiTokenId: number | null;
	/** What the share token in the address opens, asked anew with this request; null for routes without one. */
	readonly share: FoundShare | null;
	readonly isInsider: boolean;
	readonly isAdmin: boolean;
	/** True when htmx asked and a part of a page is wanted. */
	readonly wantsFragment: boolean;
	/** For reading only; whatever writes goes through {@link command}. */
	readonly db: Db;
	readonly services: Services;
	readonly development: boolean;
	readonly session: SessionControl;
	/** Cookies of the browser, for steps of a sign-in; the session has its own ways. */
	readonly cookies: Pick<Cookies, "get" | "set" | "remove">;
	/** Address of the caller; the proxy's word counts only if the connection comes from the proxy. */
	readonly clientAddress: string;

	/**
	 * Runs commands in one transaction with the viewer as actor. Rolled back when it throws.
	 * @throws SignInRequiredError when nobody is signed in
	 */
	command<T>(work: (context: CommandContext) => Promise<T>): Promise<T>;

	/**
	 * Lets an object policy decide: undefined or null → NotFoundError, level too low → ForbiddenError, else the object itself.
	 * `level` overrides that of the policy where the needed level depends on the object ("E in DRAFT, else I").
	 */
	authorize<Row extends WithAccessLevel>(found: Row | null | undefined, level?: number): Row;

	/** Reads a form (multipart or urlencoded) by its definition. @throws PayloadTooLargeError */
	readForm<Fields extends FieldMap>(form: FormDefinition<Fields>): Promise<FormResult<Fields>>;
	/**
	 * Reads a form and runs `accept`; shows the form again, with everything typed and the errors at their fields, when the input
	 * does not fit or the command throws InvalidInputError.
	 */
	acceptForm<Fields extends FieldMap>(
		form: FormDefinition<Fields>,
		accept: (values: FormValues<Fields>) => Promise<Response>,
		show: (state: FormState) => Response | Promise<Response>,
	): Promise<Response>;
	/** All fields of a posted form as they came, for forms without a definition. */
	readFields(): Promise<EnteredForm>;
	/** JSON body by a schema. @throws BadRequestError that names the member */
	readJson<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>>;

	/** A whole document with navigation. Asked for by htmx it still is the whole document. */
	page(options: PageOptions, body: Content): Promise<Response>;
	/** A part of a page. */
	fragment(body: Content, options?: FragmentOptions): Promise<Response>;
	/** See other (303); for htmx a redirect of the whole page. `to` must be a path of this site. */
	redirect(to: string): Response;
	/** Keeps a notice for the next page, or sends it along with a fragment. */
	flash(category: FlashCategory, message: string): void;
	/** Notices that wait for the next page; taken out. */
	takeFlashes(): Promise<Flash[]>;
	json(value: unknown, status?: number): Response;
	text(value: string, status?: number): Response;
	download(content: ReadableStream<Uint8Array> | Uint8Array | string, options: DownloadOptions): Response;
}

/** What goes along with a fragment. */
export interface FragmentOptions {
	/** 200 unless given; 422 for a form with errors. */
	readonly status?: number;
	/** Events that other parts of the page wait for, e.g. `librariesChanged`. */
	readonly triggers?: readonly string[];
	/** Address shown in the browser from now on. */
	readonly pushUrl?: string;
	/** The same without a new entry of the history. */
	readonly replaceUrl?: string;
	/** Closes the dialog in which the form was shown. */
	readonly closeDialog?: boolean;
}
