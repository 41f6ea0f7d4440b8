/** For tests: calls the annotation's HTTP API as a script does. */
import { randomBytes } from "node:crypto";
import type { Viewer } from "@opengsync/core/context";
import { hashToken } from "@opengsync/core/shared/token-hash";
import type { Db } from "@opengsync/db/connection";
import type { Hono } from "hono";
import type { z } from "zod";
import type { completeAnswer, runState, startedRun, stepAnswer } from "../annotation-schemas.ts";
import type { Body } from "./annotation-families.ts";

/** An API token of a user. */
export async function createToken(db: Db, owner: Viewer, scopes: readonly string[] = ["read", "write"]): Promise<string> {
	const token = randomBytes(32).toString("base64url");
	await db
		.insertInto("api_token")
		.values({ name: "test", scopes: [...scopes], token_hash: hashToken(token), time_valid_min: 60, owner_id: owner.id })
		.execute();
	return token;
}

/** A script with a token. */
export class AnnotationClient {
	private readonly app: Hono;
	private readonly token: string;

	constructor(app: Hono, token: string) {
		this.app = app;
		this.token = token;
	}

	/** Status and text of any call. */
	async call(method: string, path: string, body?: unknown): Promise<{ status: number; text: string }> {
		const response = await this.app.request(`http://localhost/api/v1/${path}`, {
			method,
			headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		return { status: response.status, text: await response.text() };
	}

	start(requestId: number): Promise<z.output<typeof startedRun>> {
		return this.expectJson("POST", `requests/${requestId}/annotation/`);
	}

	show(run: string): Promise<z.output<typeof runState>> {
		return this.expectJson("GET", `workflow-runs/${run}/`);
	}

	submit(run: string, step: string, body: Body): Promise<z.output<typeof stepAnswer>> {
		return this.expectJson("POST", `workflow-runs/${run}/steps/${step}/`, body);
	}

	back(run: string): Promise<{ step: string }> {
		return this.expectJson("POST", `workflow-runs/${run}/back/`);
	}

	complete(run: string, values?: Readonly<Record<string, unknown>>): Promise<z.output<typeof completeAnswer>> {
		return this.expectJson("POST", `workflow-runs/${run}/complete/`, values ? { values } : undefined);
	}

	private async expectJson<T>(method: string, path: string, body?: unknown): Promise<T> {
		const { status, text } = await this.call(method, path, body);
		if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
		return JSON.parse(text);
	}
}
