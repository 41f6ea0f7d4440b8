import { parse } from "hono/utils/cookie";

/** What can answer requests: a Hono app. */
export interface Answering {
	request(address: string, init?: RequestInit): Response | Promise<Response>;
}

/** How a test asks. */
export interface AskOptions {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: BodyInit;
	/** As htmx asks for a part of a page. */
	readonly fragment?: boolean;
}

/** A browser without a screen: keeps cookies, sends the forgery token of the last page along. Follows no redirects. */
export class TestBrowser {
	readonly cookies = new Map<string, string>();
	/** Token of the last page that had one; tests may spoil it. */
	csrfToken = "";
	private readonly app: Answering;

	constructor(app: Answering) {
		this.app = app;
	}

	/** GET; reads cookies and token from the answer. */
	get(path: string, options: AskOptions = {}): Promise<Response> {
		return this.ask(path, options);
	}

	/** Posts a form with the token of the last page; fields given as `csrf_token` win. */
	post(
		path: string,
		fields: Readonly<Record<string, string | File | readonly string[]>> = {},
		options: AskOptions = {},
	): Promise<Response> {
		const form = new FormData();
		form.set("csrf_token", this.csrfToken);
		for (const [name, value] of Object.entries(fields)) {
			form.delete(name);
			for (const part of Array.isArray(value) ? value : [value]) form.append(name, part);
		}
		return this.ask(path, { method: "POST", body: form, ...options });
	}

	/** Signs in by the form of the sign-in page. */
	async signIn(email: string, password: string): Promise<Response> {
		await this.get("/auth/auth/");
		return this.post("/auth/auth/", { email, password });
	}

	private async ask(path: string, options: AskOptions): Promise<Response> {
		const response = await this.app.request(`http://localhost${path}`, {
			method: options.method ?? "GET",
			headers: {
				...(this.cookies.size > 0 ? { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") } : {}),
				...(options.fragment ? { "hx-request": "true", "x-csrf-token": this.csrfToken } : {}),
				...options.headers,
			},
			...(options.body === undefined ? {} : { body: options.body }),
		});
		this.keepCookies(response);
		const type = response.headers.get("content-type") ?? "";
		if (type.startsWith("text/html")) {
			const token = /<meta name="csrf-token" content="([^"]+)"/.exec(await response.clone().text());
			if (token?.[1]) this.csrfToken = token[1];
		}
		return response;
	}

	private keepCookies(response: Response): void {
		for (const header of response.headers.getSetCookie()) {
			const [pair = ""] = header.split(";");
			const [[name, value] = ["", ""]] = Object.entries(parse(pair));
			if (/max-age=0/i.test(header)) this.cookies.delete(name);
			else this.cookies.set(name, value ?? "");
		}
	}
}
