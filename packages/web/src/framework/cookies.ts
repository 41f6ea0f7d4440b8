import { parse, serialize } from "hono/utils/cookie";

/** Cookies of one request: those that came, and those to set with the answer. */
export class Cookies {
	private readonly received: Readonly<Record<string, string>>;
	private readonly secure: boolean;
	private readonly outgoing = new Map<string, string>();

	constructor(request: Request, secure: boolean) {
		this.received = parse(request.headers.get("cookie") ?? "");
		this.secure = secure;
	}

	/** Value that the browser sent. */
	get(name: string): string | null {
		return this.received[name] || null;
	}

	/** Sets a cookie that scripts cannot read; without a life it ends with the browser. */
	set(name: string, value: string, lifeSeconds?: number): void {
		this.outgoing.set(
			name,
			serialize(name, value, {
				httpOnly: true,
				sameSite: "Lax",
				path: "/",
				...(this.secure ? { secure: true } : {}),
				...(lifeSeconds === undefined ? {} : { maxAge: lifeSeconds }),
			}),
		);
	}

	/** Removes a cookie. */
	remove(name: string): void {
		if (this.received[name] !== undefined || this.outgoing.has(name)) this.set(name, "", 0);
	}

	/** Values of the Set-Cookie headers of the answer. */
	headers(): string[] {
		return [...this.outgoing.values()];
	}
}
