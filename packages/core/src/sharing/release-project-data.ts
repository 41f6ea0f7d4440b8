import type { Tx } from "@opengsync/db/transaction";
import { DeliveryStatus, isBelow, LibraryStatus, memberById, ProjectStatus } from "@opengsync/domain/catalog";
import { projectDisplayIdentifier } from "@opengsync/domain/identifiers";
import { reduceSharePaths } from "@opengsync/domain/share-paths";
import { sql } from "kysely";
import { z } from "zod";
import type { CommandContext } from "../context.ts";
import { BadRequestError, NotFoundError } from "../errors.ts";
import { readFacilityMailParts } from "../mail/facility-parts.ts";
import { deliverMailNow } from "../mail/outbox.ts";
import { writeProjectDataMail } from "../mail/project-data-mail.ts";
import { notifyDataReleased } from "../notifications/notify-requests.ts";
import { toHostPath } from "./host-paths.ts";
import { loadReleaseFacts, newestRequestAddresses, type ReleaseFacts } from "./release-facts.ts";
import { createShareToken } from "./tokens.ts";

/** How a project's data are to be handed over. */
export interface ProjectRelease {
	readonly projectId: number;
	/** Adds the block with the real paths. */
	readonly internalAccess: boolean;
	readonly timeValidMin: number;
	/** Null = the addresses of the project's newest request. */
	readonly recipients: readonly string[] | null;
	readonly anonymousSend: boolean;
	/** Null = delivered only if no library of the project is below SEQUENCED. */
	readonly markProjectDelivered: boolean | null;
	readonly comment: string | null;
}

/**
 * Shares a project's data: new link, mail, statuses; all or nothing (background-and-ops.md §5.6, access-and-web.md §15.1). The
 * mail goes out as the last step before the commit.
 * @returns recipients, and the token to be shown to the sender
 * @throws NotFoundError for an unknown project
 * @throws BadRequestError without data paths, without recipients, for an invalid address or validity
 * @throws MailRefusedError when the mail server refuses; the old link stays valid then
 */
export async function releaseProjectData(
	context: CommandContext,
	release: ProjectRelease,
): Promise<{ recipients: readonly string[]; token: string; expires: Date }> {
	const { tx, viewer, services } = context;
	const { config } = services;
	const now = services.now();
	if (!Number.isInteger(release.timeValidMin) || release.timeValidMin <= 0) {
		throw new BadRequestError("time_valid_min has to be a whole number above 0.");
	}
	const project = await loadReleaseFacts(tx, release.projectId);
	if (!project) throw new NotFoundError("The project");
	const paths = reduceSharePaths(project.paths);
	if (paths.length === 0) throw new BadRequestError("The project has no data paths.");
	const recipients = await chooseRecipients(context, project, release.recipients);

	const share = await createShareToken(
		tx,
		{ secretKey: config.secretKey, now },
		{
			ownerId: viewer.id,
			timeValidMin: release.timeValidMin,
			paths,
		},
	);
	await giveLinkToProject(tx, project, share.id, statusAfterRelease(project, release.markProjectDelivered));
	await moveStatuses(tx, project, recipients);

	await notifyDataReleased(
		context,
		{ projectIdentifier: projectDisplayIdentifier(project), requestIds: await requestsWithData(tx, project) },
		recipients,
	);
	const message = await writeProjectDataMail(config, await readFacilityMailParts(config), {
		displayIdentifier: projectDisplayIdentifier(project),
		token: share.token,
		expires: share.expires,
		comment: release.comment?.trim() || null,
		requests: project.requests,
		experiments: project.experiments,
		internalPaths: release.internalAccess ? paths.map((path) => toHostPath(config, path) ?? path) : null,
		sender: release.anonymousSend ? null : { name: `${viewer.firstName} ${viewer.lastName}`, email: viewer.email },
	});
	await deliverMailNow(tx, services.mail, { to: recipients, ...message });
	return { recipients, token: share.token, expires: share.expires };
}

/** The new link is that of the project from now on; the one before ends. */
async function giveLinkToProject(tx: Tx, project: ReleaseFacts, shareId: number, statusId: number): Promise<void> {
	if (project.shareTokenId !== null) {
		await sql`UPDATE share_token SET expired = true WHERE id = ${project.shareTokenId} AND NOT expired`.execute(tx);
	}
	await sql`UPDATE project SET share_token_id = ${shareId}, status_id = ${statusId} WHERE id = ${project.id}`.execute(tx);
}

/** Delivery addresses become DISPATCHED, sequenced libraries SHARED. */
async function moveStatuses(tx: Tx, project: ReleaseFacts, recipients: readonly string[]): Promise<void> {
	await sql`
		UPDATE seq_request_delivery_email_link SET status_id = ${DeliveryStatus.DISPATCHED.id}
		WHERE seq_request_id = ANY(${project.requests.map((request) => request.id)}::int[])
			AND lower(email) = ANY(${recipients.map((address) => address.toLowerCase())}::text[])
			AND status_id <> ${DeliveryStatus.DISPATCHED.id}`.execute(tx);
	await sql`
		UPDATE library SET status_id = ${LibraryStatus.SHARED.id}
		WHERE id = ANY(${project.libraries.map((library) => library.id)}::int[]) AND status_id = ${LibraryStatus.SEQUENCED.id}`.execute(
		tx,
	);
}

/** Requests whose libraries are shared now; where none is, as for data without reads, the newest. */
async function requestsWithData(tx: Tx, project: ReleaseFacts): Promise<readonly number[]> {
	const { rows } = await sql<{ id: number }>`
		SELECT DISTINCT seq_request_id AS id FROM library
		WHERE id = ANY(${project.libraries.map((library) => library.id)}::int[]) AND status_id = ${LibraryStatus.SHARED.id}`.execute(
		tx,
	);
	if (rows.length > 0) return rows.map((row) => row.id);
	return project.requests.slice(0, 1).map((request) => request.id);
}

/** Each address once, compared without case. */
async function chooseRecipients(
	context: CommandContext,
	project: ReleaseFacts,
	given: readonly string[] | null,
): Promise<readonly string[]> {
	const addresses = given ?? (await newestRequestAddresses(context.tx, project.requests[0]?.id));
	const distinct = new Map<string, string>();
	for (const address of addresses.map((text) => text.trim()).filter((text) => text !== "")) {
		if (!z.email().safeParse(address).success) throw new BadRequestError(`"${address}" is not a valid e-mail address.`);
		if (!distinct.has(address.toLowerCase())) distinct.set(address.toLowerCase(), address);
	}
	if (distinct.size === 0) {
		throw new BadRequestError(
			given ? "No recipients were given." : "There are no recipients on the Share tab of the project's newest request.",
		);
	}
	return [...distinct.values()];
}

/** Effect 4: delivered only upwards. */
function statusAfterRelease(project: ReleaseFacts, markDelivered: boolean | null): number {
	const hasUnfinished = project.libraries.some((library) =>
		isBelow(memberById(LibraryStatus, library.statusId), LibraryStatus.SEQUENCED),
	);
	const isDelivered = markDelivered ?? !hasUnfinished;
	return isDelivered && isBelow(memberById(ProjectStatus, project.statusId), ProjectStatus.DELIVERED)
		? ProjectStatus.DELIVERED.id
		: project.statusId;
}
