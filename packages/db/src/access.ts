// The viewer's level to an object as an SQL expression, so that loading and authorizing are one statement (access-and-web.md §2.2), and the
// rows that a viewer sees in lists (§2.3). First match counts: deactivated, admin, insider, then the rules for clients.
import { roleLevel } from "@opengsync/domain/access-level";
import { AccessType, AffiliationType } from "@opengsync/domain/catalog";
import { isInsider } from "@opengsync/domain/roles";
import { type RawBuilder, sql } from "kysely";

/** Who looks: read anew from the database on every request. */
export interface Viewer {
	/** User id. */
	id: number;
	/** Catalog userRole. */
	roleId: number;
}

const { NONE, VIEW, EDIT, OWNER } = AccessType;

type Level = RawBuilder<number>;
type Condition = RawBuilder<boolean>;

function constant(level: number): Level {
	return sql<number>`${sql.lit(level)}::integer`;
}

/** Level by role, else by the rule for clients. */
function levelOf(viewer: Viewer, clientLevel: (userId: number) => Level): Level {
	const level = roleLevel(viewer);
	return level === null ? clientLevel(viewer.id) : constant(level);
}

const column = (alias: string, name: string) => sql.ref(`${alias}.${name}`);

/** Owner, else any member of the object's group. */
function ownerOrGroup(userId: number, alias: string, ownerColumn: string): Level {
	return sql<number>`(case
		when ${column(alias, ownerColumn)} = ${userId} then ${constant(OWNER.id)}
		when exists (
			select from user_affiliation where user_affiliation.group_id = ${column(alias, "group_id")} and user_affiliation.user_id = ${userId}
		) then ${constant(EDIT.id)}
		else ${constant(NONE.id)}
	end)`;
}

const clientRequestLevel = (userId: number, alias: string) => ownerOrGroup(userId, alias, "requestor_id");
const clientProjectLevel = (userId: number, alias: string) => ownerOrGroup(userId, alias, "owner_id");

/** Level to the request that `reference` names; none without one. */
function levelOfRequest(userId: number, reference: RawBuilder<unknown>): Level {
	return sql<number>`coalesce((
		select ${clientRequestLevel(userId, "access_request")} from seq_request as access_request where access_request.id = ${reference}
	), ${constant(NONE.id)})`;
}

function levelOfProject(userId: number, reference: RawBuilder<unknown>): Level {
	return sql<number>`coalesce((
		select ${clientProjectLevel(userId, "access_project")} from project as access_project where access_project.id = ${reference}
	), ${constant(NONE.id)})`;
}

/** Owner of the row, else the level to its parent. */
function ownerOr(userId: number, alias: string, ownerColumn: string, parent: Level): Level {
	return sql<number>`(case when ${column(alias, ownerColumn)} = ${userId} then ${constant(OWNER.id)} else ${parent} end)`;
}

/** Level to the request of the row `alias`. */
export function requestLevel(viewer: Viewer, alias = "seq_request"): Level {
	return levelOf(viewer, (userId) => clientRequestLevel(userId, alias));
}

/** Level to the project of the row `alias`. */
export function projectLevel(viewer: Viewer, alias = "project"): Level {
	return levelOf(viewer, (userId) => clientProjectLevel(userId, alias));
}

/** Level to the sample: its owner, else as for its project. */
export function sampleLevel(viewer: Viewer, alias = "sample"): Level {
	return levelOf(viewer, (userId) => ownerOr(userId, alias, "owner_id", levelOfProject(userId, column(alias, "project_id"))));
}

/** Level to the library: its owner, else as for its request. */
export function libraryLevel(viewer: Viewer, alias = "library"): Level {
	return levelOf(viewer, (userId) => ownerOr(userId, alias, "owner_id", levelOfRequest(userId, column(alias, "seq_request_id"))));
}

/** Level to the pool: its owner, else as for its request. */
export function poolLevel(viewer: Viewer, alias = "pool"): Level {
	return levelOf(viewer, (userId) => ownerOr(userId, alias, "owner_id", levelOfRequest(userId, column(alias, "seq_request_id"))));
}

/** Level to the file: its uploader, else as for its request. */
export function mediaFileLevel(viewer: Viewer, alias = "media_file"): Level {
	return levelOf(viewer, (userId) =>
		ownerOr(userId, alias, "uploader_id", levelOfRequest(userId, column(alias, "seq_request_id"))),
	);
}

/** Level to the data path: VIEW with VIEW on its project, request or library. */
export function dataPathLevel(viewer: Viewer, alias = "data_path"): Level {
	return levelOf(viewer, (userId) => {
		const library = sql<number>`coalesce((
			select ${ownerOr(userId, "access_library", "owner_id", levelOfRequest(userId, column("access_library", "seq_request_id")))}
			from library as access_library where access_library.id = ${column(alias, "library_id")}
		), ${constant(NONE.id)})`;
		const best = sql`greatest(
			${levelOfProject(userId, column(alias, "project_id"))}, ${levelOfRequest(userId, column(alias, "seq_request_id"))}, ${library})`;
		return sql<number>`(case when ${best} >= ${constant(VIEW.id)} then ${constant(VIEW.id)} else ${constant(NONE.id)} end)`;
	});
}

/** Level to the group by the standing in it. */
export function groupLevel(viewer: Viewer, alias = "group"): Level {
	return levelOf(
		viewer,
		(userId) => sql<number>`coalesce((
			select case access_affiliation.affiliation_type_id
				when ${sql.lit(AffiliationType.OWNER.id)} then ${constant(OWNER.id)}
				when ${sql.lit(AffiliationType.MANAGER.id)} then ${constant(EDIT.id)}
				else ${constant(VIEW.id)}
			end
			from user_affiliation as access_affiliation
			where access_affiliation.group_id = ${column(alias, "id")} and access_affiliation.user_id = ${userId}
		), ${constant(NONE.id)})`,
	);
}

/** Level to the account: one's own. */
export function userLevel(viewer: Viewer, alias = "lims_user"): Level {
	return levelOf(viewer, (userId) => ownerOr(userId, alias, "id", constant(NONE.id)));
}

/** Rows that insiders see all of, clients by `clientCondition`, and deactivated users none of. */
function visible(viewer: Viewer, clientCondition: (userId: number) => Condition): Condition {
	const level = roleLevel(viewer);
	if (level === null) return clientCondition(viewer.id);
	return level > NONE.id ? sql<boolean>`true` : sql<boolean>`false`;
}

// Lists of ids are arrays, not subselects: only so can PostgreSQL join two indexes for "own, or of those" instead of reading the whole table.

const groupsOf = (userId: number) =>
	sql`array(select user_affiliation.group_id from user_affiliation where user_affiliation.user_id = ${userId})`;

const requestsOf = (userId: number) => sql`array(
	select visible_request.id from seq_request as visible_request
	where visible_request.requestor_id = ${userId} or visible_request.group_id = any(${groupsOf(userId)}))`;

/** Requests in lists: own and those of own groups. */
export function visibleRequests(viewer: Viewer, alias = "seq_request"): Condition {
	return visible(
		viewer,
		(userId) =>
			sql<boolean>`(${column(alias, "requestor_id")} = ${userId} or ${column(alias, "group_id")} = any(${groupsOf(userId)}))`,
	);
}

/** Projects in lists: own and those of own groups. */
export function visibleProjects(viewer: Viewer, alias = "project"): Condition {
	return visible(
		viewer,
		(userId) =>
			sql<boolean>`(${column(alias, "owner_id")} = ${userId} or ${column(alias, "group_id")} = any(${groupsOf(userId)}))`,
	);
}

/** Samples in lists: own, or in a project that the viewer sees. */
export function visibleSamples(viewer: Viewer, alias = "sample"): Condition {
	return visible(
		viewer,
		(userId) => sql<boolean>`(${column(alias, "owner_id")} = ${userId} or ${column(alias, "project_id")} = any(array(
			select visible_project.id from project as visible_project
			where visible_project.owner_id = ${userId} or visible_project.group_id = any(${groupsOf(userId)}))))`,
	);
}

/** Libraries in lists: own, or of a request that the viewer sees. */
export function visibleLibraries(viewer: Viewer, alias = "library"): Condition {
	return visible(
		viewer,
		(userId) =>
			sql<boolean>`(${column(alias, "owner_id")} = ${userId} or ${column(alias, "seq_request_id")} = any(${requestsOf(userId)}))`,
	);
}

/** Pools in lists: own, or of a request that the viewer sees. */
export function visiblePools(viewer: Viewer, alias = "pool"): Condition {
	return visibleLibraries(viewer, alias);
}

/** Groups in lists: those the viewer belongs to. */
export function visibleGroups(viewer: Viewer, alias = "group"): Condition {
	return visible(viewer, (userId) => sql<boolean>`${column(alias, "id")} = any(${groupsOf(userId)})`);
}

/** Lists that only staff see. */
export function visibleToInsiders(viewer: Viewer): Condition {
	return isInsider(viewer.roleId) ? sql<boolean>`true` : sql<boolean>`false`;
}
