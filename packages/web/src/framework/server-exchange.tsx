import type { CommandContext, Services, Viewer } from "@opengsync/core/context";
import { BadRequestError, ForbiddenError, InvalidInputError, NotFoundError, SignInRequiredError } from "@opengsync/core/errors";
import type { FoundShare } from "@opengsync/core/sharing/tokens";
import type { Db } from "@opengsync/db/connection";
import { transact } from "@opengsync/db/transaction";
import { isAdmin, isInsider } from "@opengsync/domain/roles";
import type { z } from "zod";
import { Layout } from "../components/layout.tsx";
import type { RequestBody } from "./body.ts";
import { contentDisposition } from "./content-disposition.ts";
import type { Cookies } from "./cookies.ts";
import type { Content, DownloadOptions, Exchange, Flash, FlashCategory, FragmentOptions, WithAccessLevel } from "./exchange.ts";
import type { EnteredForm, FieldMap, FormDefinition, FormResult, FormState, FormValues } from "./form.ts";
import { checkForm } from "./form-check.ts";
import { localPath } from "./local-path.ts";
import type { PageOptions } from "./page.ts";
import { levelId } from "./policy.ts";
import { renderHtml } from "./render-html.ts";
import type { Route } from "./route.ts";
import type { RequestSession } from "./session-control.ts";

/** What an exchange is made of. */
export interface ExchangeParts {
	readonly request: Request;
	readonly requestId: string;
	readonly route: Route;
	readonly params: Record<string, unknown>;
	readonly query: Record<string, unknown>;
	readonly viewer: Viewer | null;
	readonly impersonator: Viewer | null;
	readonly apiTokenId: number | null;
	readonly share: FoundShare | null;
	readonly db: Db;
	readonly services: Services;
	readonly development: boolean;
	readonly session: RequestSession;
	readonly cookies: Cookies;
	readonly clientAddress: string;
	readonly body: RequestBody;
	/** Notices kept from the request before; asked for once, by the page that shows them. */
	readonly takeFlashes: () => Promise<Flash[]>;
}

/** One request of the web server. */
export class ServerExchange implements Exchange {
	readonly request: Request;
	readonly requestId: string;
	readonly route: Route;
	readonly url: URL;
	readonly params: Record<string, unknown>;
	readonly query: Record<string, unknown>;
	readonly maybeViewer: Viewer | null;
	readonly impersonator: Viewer | null;
	readonly apiTokenId: number | null;
	readonly share: FoundShare | null;
	readonly db: Db;
	readonly services: Services;
	readonly development: boolean;
	readonly session: RequestSession;
	readonly cookies: Cookies;
	readonly clientAddress: string;
	/** Whether {@link authorize} has let an object through. */
	authorized = false;
	/** Notices given during this request and not shown yet. */
	flashes: Flash[] = [];
	private readonly body: RequestBody;
	private readonly keptFlashes: () => Promise<Flash[]>;

	constructor(parts: ExchangeParts) {
		this.request = parts.request;
		this.requestId = parts.requestId;
		this.route = parts.route;
		this.url = new URL(parts.request.url);
		this.params = parts.params;
		this.query = parts.query;
		this.maybeViewer = parts.viewer;
		this.impersonator = parts.impersonator;
		this.apiTokenId = parts.apiTokenId;
		this.share = parts.share;
		this.db = parts.db;
		this.services = parts.services;
		this.development = parts.development;
		this.session = parts.session;
		this.cookies = parts.cookies;
		this.clientAddress = parts.clientAddress;
		this.body = parts.body;
		this.keptFlashes = parts.takeFlashes;
	}

	get viewer(): Viewer {
		if (!this.maybeViewer) throw new SignInRequiredError();
		return this.maybeViewer;
	}

	get isInsider(): boolean {
		return this.maybeViewer !== null && isInsider(this.maybeViewer.roleId);
	}

	get isAdmin(): boolean {
		return this.maybeViewer !== null && isAdmin(this.maybeViewer.roleId);
	}

	get wantsFragment(): boolean {
		return isFragmentRequest(this.request);
	}

	command<T>(work: (context: CommandContext) => Promise<T>): Promise<T> {
		const viewer = this.viewer;
		const actor = {
			userId: viewer.id,
			impersonatorId: this.impersonator?.id ?? null,
			via: this.route.kind === "api" ? "api" : "web",
			requestId: this.requestId,
		} as const;
		return transact(this.db, actor, (tx) => work({ tx, actor, viewer, services: this.services }));
	}

	authorize<Row extends WithAccessLevel>(found: Row | null | undefined, level?: number): Row {
		if (!found) throw new NotFoundError();
		const { policy } = this.route;
		const needed = level ?? (policy.kind === "object" ? levelId(policy.level) : levelId("VIEW"));
		if (found.access_level < needed) throw new ForbiddenError();
		this.authorized = true;
		return found;
	}

	async readForm<Fields extends FieldMap>(form: FormDefinition<Fields>): Promise<FormResult<Fields>> {
		return checkForm(form, await this.readFields());
	}

	async acceptForm<Fields extends FieldMap>(
		form: FormDefinition<Fields>,
		accept: (values: FormValues<Fields>) => Promise<Response>,
		show: (state: FormState) => Response | Promise<Response>,
	): Promise<Response> {
		const input = await this.readForm(form);
		if (!input.ok) return withStatus(await show(input), 422);
		try {
			return await accept(input.values);
		} catch (error) {
			if (!(error instanceof InvalidInputError)) throw error;
			return withStatus(await show({ entered: input.entered, errors: error.fields }), 422);
		}
	}

	readFields(): Promise<EnteredForm> {
		return this.body.fields();
	}

	async readJson<Schema extends z.ZodType>(schema: Schema): Promise<z.output<Schema>> {
		const parsed = schema.safeParse(await this.body.json());
		if (parsed.success) return parsed.data;
		const issue = parsed.error.issues[0];
		throw new BadRequestError(`${issue?.path.join(".") || "body"}: ${issue?.message ?? "is not valid"}`);
	}

	async page(options: PageOptions, body: Content): Promise<Response> {
		const flashes = await this.takeFlashes();
		const content = await body;
		const html = await renderHtml(
			<Layout options={options} flashes={flashes}>
				{content}
			</Layout>,
		);
		return htmlResponse(`<!doctype html>${html}`, options.httpStatus ?? 200);
	}

	async fragment(body: Content, options: FragmentOptions = {}): Promise<Response> {
		const response = htmlResponse(await renderHtml(await body), options.status ?? 200);
		const triggers = [...(options.triggers ?? []), ...(options.closeDialog ? ["closeDialog"] : [])];
		if (triggers.length > 0)
			response.headers.set("HX-Trigger", asciiJson(Object.fromEntries(triggers.map((name) => [name, {}]))));
		if (options.pushUrl) response.headers.set("HX-Push-Url", options.pushUrl);
		if (options.replaceUrl) response.headers.set("HX-Replace-Url", options.replaceUrl);
		return response;
	}

	async takeFlashes(): Promise<Flash[]> {
		const flashes = [...(await this.keptFlashes()), ...this.flashes];
		this.flashes = [];
		return flashes;
	}

	redirect(to: string): Response {
		const path = localPath(to);
		if (path === null) throw new Error(`Redirects stay on this site: ${to}`);
		if (this.wantsFragment) return new Response(null, { status: 204, headers: { "HX-Redirect": path } });
		return new Response(null, { status: 303, headers: { Location: path } });
	}

	flash(category: FlashCategory, message: string): void {
		this.flashes.push({ category, message });
	}

	json(value: unknown, status = 200): Response {
		return Response.json(value, { status });
	}

	text(value: string, status = 200): Response {
		return new Response(value, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
	}

	download(content: ReadableStream<Uint8Array> | Uint8Array | string, options: DownloadOptions): Response {
		const body = content instanceof Uint8Array ? new Uint8Array(content) : content;
		const sizeBytes = content instanceof Uint8Array ? content.byteLength : options.sizeBytes;
		return new Response(body, {
			headers: {
				"Content-Type": options.contentType,
				"Content-Disposition": contentDisposition(options.fileName, options.inline ?? false),
				...(sizeBytes === undefined ? {} : { "Content-Length": String(sizeBytes) }),
				...(options.version ? { ETag: `"${options.version}"`, "Cache-Control": "private, no-cache" } : {}),
			},
		});
	}
}

/** Whether htmx asks for a part of a page. Going back in the history asks for whole pages. */
export function isFragmentRequest(request: Request): boolean {
	return request.headers.get("hx-request") === "true" && request.headers.get("hx-history-restore-request") !== "true";
}

/** JSON for a header: ASCII only. */
export function asciiJson(value: unknown): string {
	return JSON.stringify(value).replaceAll(
		/[^ -~]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
}

/** An HTML answer that nobody keeps. */
export function htmlResponse(html: string, status: number): Response {
	return new Response(html, {
		status,
		headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-store" },
	});
}

/** The same answer with another status, unless it is an error or redirect already. */
function withStatus(response: Response, status: number): Response {
	return response.status === 200 ? new Response(response.body, { status, headers: response.headers }) : response;
}
