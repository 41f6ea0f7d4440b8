/** What the form of a project says (access-and-web.md §3.3). */
export interface ProjectInput {
	readonly identifier: string | null;
	/** 6–128 characters. */
	readonly title: string;
	readonly description: string;
	readonly groupId: number | null;
	/** Null = as it is, for a new project the viewer; changing it is for insiders. */
	readonly ownerId: number | null;
	/** Id of *projectStatus*; null = as it is; changing it is for insiders. */
	readonly statusId: number | null;
}
