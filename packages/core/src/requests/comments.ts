import type { CommandContext } from "../context.ts";

const MAX_LENGTH = 4096;

/** Adds a remark by the viewer to a request; text that a workflow composed is cut to 4096 characters. */
export async function addRequestComment(context: CommandContext, requestId: number, text: string): Promise<void> {
	await context.tx
		.insertInto("comment")
		.values({
			text: text.slice(0, MAX_LENGTH),
			timestamp_utc: context.services.now(),
			author_id: context.viewer.id,
			seq_request_id: requestId,
		})
		.execute();
}
