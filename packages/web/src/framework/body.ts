import { BadRequestError } from "@opengsync/core/errors";
import { uploads } from "@opengsync/domain/catalog";
import type { EnteredForm } from "./form.ts";
import { PayloadTooLargeError } from "./request-errors.ts";

const maxBodyBytes = uploads.maxRequestBodyMegabytes * uploads.bytesPerMegabyte;

/** Reads the body of a request once, within the size limit, as form or JSON. */
export class RequestBody {
	private readonly request: Request;
	private bytes: Promise<Uint8Array<ArrayBuffer>> | null = null;
	private form: Promise<EnteredForm> | null = null;

	constructor(request: Request) {
		this.request = request;
	}

	/** All bytes. @throws PayloadTooLargeError beyond 20 MB */
	read(): Promise<Uint8Array<ArrayBuffer>> {
		this.bytes ??= this.readAll();
		return this.bytes;
	}

	/** Fields of a multipart or urlencoded form; empty for any other body. @throws BadRequestError when it is damaged */
	fields(): Promise<EnteredForm> {
		this.form ??= this.readFields();
		return this.form;
	}

	/** The JSON value; null for an empty body. @throws BadRequestError when it is damaged */
	async json(): Promise<unknown> {
		const text = new TextDecoder().decode(await this.read());
		if (text.trim() === "") return null;
		try {
			return JSON.parse(text);
		} catch {
			throw new BadRequestError("The body is not valid JSON.");
		}
	}

	/** Whether the body says that it is JSON. */
	get isJson(): boolean {
		return /^application\/([\w.+-]+\+)?json\b/i.test(this.request.headers.get("content-type") ?? "");
	}

	private get isForm(): boolean {
		return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(this.request.headers.get("content-type") ?? "");
	}

	private async readAll(): Promise<Uint8Array<ArrayBuffer>> {
		if (Number(this.request.headers.get("content-length") ?? 0) > maxBodyBytes) throw new PayloadTooLargeError();
		const chunks: Uint8Array[] = [];
		let sizeBytes = 0;
		for await (const chunk of this.request.body ?? []) {
			sizeBytes += chunk.byteLength;
			if (sizeBytes > maxBodyBytes) throw new PayloadTooLargeError();
			chunks.push(chunk);
		}
		return new Uint8Array(Buffer.concat(chunks));
	}

	private async readFields(): Promise<EnteredForm> {
		const fields = new Map<string, (string | File)[]>();
		if (!this.isForm) return fields;
		const headers = { "content-type": this.request.headers.get("content-type") ?? "" };
		const bytes = await this.read();
		let data: FormData;
		try {
			data = await new Response(bytes, { headers }).formData();
		} catch {
			throw new BadRequestError("The form could not be read.");
		}
		for (const [name, value] of data) fields.set(name, [...(fields.get(name) ?? []), value]);
		return fields;
	}
}
