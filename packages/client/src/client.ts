import type { CreatedObjects, FieldValues, RefusedStep, StartedRun, StepAnswer, StepInput, WorkflowRun } from "./annotation.ts";

/** A call that the server refused; the text is the server's answer. */
export class ApiError extends Error {
	readonly status: number;
	constructor(status: number, body: string) {
		super(`${status}: ${body}`);
		this.name = "ApiError";
		this.status = status;
	}
}

/** Objects that a data path can belong to; ids. */
export interface DataPathTargets {
	readonly projectId?: number;
	readonly seqRequestId?: number;
	readonly experimentId?: number;
	readonly libraryId?: number;
}

/** Reads of one library (null = undetermined) in one lane: background-and-ops.md §5.4. */
export interface LibraryLaneReads {
	readonly libraryId: number | null;
	readonly experimentName: string;
	readonly lane: number;
	readonly numReads: number;
	readonly qc?: Readonly<Record<string, unknown>>;
}

/** Release of a project's data to its customers: background-and-ops.md §5.6. */
export interface ReleaseOptions {
	readonly projectId: number;
	readonly internalAccess: boolean;
	/** Life of the link in minutes. */
	readonly timeValidMin: number;
	/** Absent or null = the addresses on the Share tab of the newest request. */
	readonly recipients?: readonly string[] | null;
	readonly anonymousSend?: boolean;
	readonly markProjectDelivered?: boolean | null;
	readonly comment?: string;
}

/** A library of an experiment with what demultiplexing needs. */
export interface FlowCellLibrary {
	readonly library_id: number;
	readonly library_name: string;
	readonly sample_name: string;
	readonly lane: number;
	readonly pool_name: string;
	readonly sequence_i7: string | null;
	readonly sequence_i5: string | null;
	readonly seq_request_id: number;
}

/** Typed client of the HTTP API (background-and-ops.md §6.6). Its text form shows the address and never the token. */
export class OpengsyncClient {
	readonly baseUrl: string;
	readonly #token: string;
	readonly #fetch: typeof fetch;

	/** @param baseUrl scheme and host of the site; a trailing slash is dropped */
	constructor(baseUrl: string, apiToken: string, fetchFunction: typeof fetch = fetch) {
		this.baseUrl = baseUrl.replace(/\/+$/, "");
		this.#token = apiToken;
		this.#fetch = fetchFunction;
	}

	toString(): string {
		return `OpengsyncClient(${this.baseUrl})`;
	}

	toJSON(): unknown {
		return { baseUrl: this.baseUrl };
	}

	/** `OK` as long as the site serves. */
	async getStatus(): Promise<string> {
		return (await this.#call("GET", "/status/")).text();
	}

	/** Checks the token; it needs the scope `read`. */
	async authenticate(): Promise<{
		readonly result: string;
		readonly owner_id: number;
		readonly token_id: number;
		readonly owner_email: string;
	}> {
		return this.#json("POST", "/validate_api_token/", {});
	}

	/** Libraries of an experiment, lane by lane, with their indices. */
	async getFlowCell(experimentName: string): Promise<FlowCellLibrary[]> {
		const answer = await this.#json<{ libraries: FlowCellLibrary[] }>("POST", "/api/v1/experiments/flowcell/", {
			experiment_name: experimentName,
		});
		return answer.libraries;
	}

	/** Stores reads; repeating the call changes nothing. */
	async setLibraryLaneReads(reads: LibraryLaneReads): Promise<void> {
		await this.#json("POST", "/api/v1/stats/set_library_lane_reads/", {
			library_id: reads.libraryId,
			experiment_name: reads.experimentName,
			lane: reads.lane,
			num_reads: reads.numReads,
			...(reads.qc ? { qc: reads.qc } : {}),
		});
	}

	/** Registers a file or directory by its real path. @throws TypeError without any target */
	async addDataPath(
		path: string,
		targets: DataPathTargets,
		pathTypeId?: number,
	): Promise<{ readonly share_path: string; readonly path: string; readonly type: string }> {
		const ids = targetIds(targets);
		if (Object.keys(ids).length === 0)
			throw new TypeError("A data path needs at least one project, request, experiment or library");
		return this.#json("POST", "/api/v1/shares/add_data_path/", {
			path,
			...ids,
			...(pathTypeId === undefined ? {} : { path_type_id: pathTypeId }),
		});
	}

	/** Removes all data paths of the named objects; files are not touched. */
	async removeDataPaths(targets: DataPathTargets): Promise<{ readonly paths: readonly [string, string | null, boolean][] }> {
		return this.#json("DELETE", "/api/v1/shares/remove_data_paths/", targetIds(targets));
	}

	/** Sends the project's data to its customers. */
	async releaseProjectData(options: ReleaseOptions): Promise<{ readonly recipients: readonly string[] }> {
		return this.#json("POST", "/api/v1/shares/release_project_data/", {
			project_id: options.projectId,
			internal_access: options.internalAccess,
			time_valid_min: options.timeValidMin,
			recipients: options.recipients ?? null,
			...(options.anonymousSend === undefined ? {} : { anonymous_send: options.anonymousSend }),
			...(options.markProjectDelivered === undefined ? {} : { mark_project_delivered: options.markProjectDelivered }),
			...(options.comment === undefined ? {} : { comment: options.comment }),
		});
	}

	/** Starts the annotation of a request, or resumes your unfinished one. */
	async startAnnotation(requestId: number): Promise<StartedRun> {
		return this.#json("POST", `/api/v1/requests/${requestId}/annotation/`, {});
	}

	/** Where a run stands, and what its open step asks. */
	async readWorkflowRun(run: string): Promise<WorkflowRun> {
		return (await this.#call("GET", runPath(run, ""))).json() as Promise<WorkflowRun>;
	}

	/** Sends the open step. A refusal tells all problems at once and changes nothing; sent again, an accepted step is applied once. */
	async sendStep(run: string, step: string, input: StepInput): Promise<StepAnswer> {
		return this.#json("POST", runPath(run, `steps/${encodeURIComponent(step)}/`), input);
	}

	/** Removes the newest step with what it stored; the step that is open now. */
	async goBack(run: string): Promise<{ readonly step: string }> {
		return this.#json("POST", runPath(run, "back/"), {});
	}

	/** Takes over a colleague's unfinished run; `ownerId` as {@link startAnnotation} told among `colleagues`. */
	async takeOverRun(run: string, ownerId: number): Promise<{ readonly step: string }> {
		return this.#json("POST", runPath(run, "take-over/"), { owner_id: ownerId });
	}

	/** Discards a run with all that was entered. */
	async discardRun(run: string): Promise<void> {
		await this.#json("POST", runPath(run, "discard/"), {});
	}

	/**
	 * Creates everything at once, exactly once: of two calls the later one is told 404.
	 * @param values fields of the last step, such as `confirm_clash`
	 */
	async completeRun(run: string, values?: FieldValues): Promise<CreatedObjects | RefusedStep> {
		return this.#json("POST", runPath(run, "complete/"), values ? { values } : {});
	}

	async #json<T>(method: string, path: string, body: unknown): Promise<T> {
		return (await (await this.#call(method, path, body)).json()) as T;
	}

	async #call(method: string, path: string, body?: unknown): Promise<Response> {
		const response = await this.#fetch(this.baseUrl + path, {
			method,
			headers: {
				authorization: `Bearer ${this.#token}`,
				...(body === undefined ? {} : { "content-type": "application/json" }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new ApiError(response.status, await response.text());
		return response;
	}
}

function runPath(run: string, rest: string): string {
	return `/api/v1/workflow-runs/${encodeURIComponent(run)}/${rest}`;
}

function targetIds(targets: DataPathTargets): Record<string, number> {
	const named = {
		project_id: targets.projectId,
		seq_request_id: targets.seqRequestId,
		experiment_id: targets.experimentId,
		library_id: targets.libraryId,
	};
	return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
