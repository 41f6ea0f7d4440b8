// Groups: look-up, page, list, members.
import { AffiliationType, GroupType } from "@opengsync/domain/catalog";
import { sql } from "kysely";
import { groupLevel, type Viewer, visibleGroups } from "../access.ts";
import type { ListSpec } from "../list-query.ts";
import type { Reader } from "../transaction.ts";
import { enumerationColumn, idColumn, ref, textColumn, userNameText } from "./list-columns.ts";

/** A group as an option of a form. */
export interface GroupOption {
	readonly id: number;
	readonly name: string;
}

/** Groups that a customer may choose: the own ones, and the one chosen already. Staff searches all groups. */
export async function listOwnGroups(reader: Reader, viewer: Viewer, chosenId: number | null): Promise<GroupOption[]> {
	const { rows } = await sql<GroupOption>`SELECT g.id, g.name FROM "group" g
		WHERE g.id = ${chosenId} OR EXISTS (SELECT 1 FROM user_affiliation a WHERE a.group_id = g.id AND a.user_id = ${viewer.id})
		ORDER BY lower(g.name)`.execute(reader);
	return rows;
}

/** A group with what its page shows at the top, and the viewer's level to it. */
export interface GroupPageRow {
	readonly id: number;
	readonly name: string;
	/** Catalog groupType. */
	readonly type_id: number;
	readonly num_members: number;
	readonly num_requests: number;
	readonly num_projects: number;
	/** The viewer's own standing (catalog affiliationType), if any. */
	readonly own_affiliation_type_id: number | null;
	readonly access_level: number;
}

/** Loads a group for its page: object, counts and access in one statement. */
export async function findGroupPage(reader: Reader, viewer: Viewer, id: number): Promise<GroupPageRow | undefined> {
	const { rows } = await sql<GroupPageRow>`
		SELECT g.id, g.name, g.type_id,
			(SELECT count(*)::int FROM user_affiliation a WHERE a.group_id = g.id) AS num_members,
			(SELECT count(*)::int FROM seq_request r WHERE r.group_id = g.id) AS num_requests,
			(SELECT count(*)::int FROM project p WHERE p.group_id = g.id) AS num_projects,
			(SELECT a.affiliation_type_id FROM user_affiliation a WHERE a.group_id = g.id AND a.user_id = ${viewer.id}) AS own_affiliation_type_id,
			${groupLevel(viewer, "g")} AS access_level
		FROM "group" g WHERE g.id = ${id}`.execute(reader);
	return rows[0];
}

/** A row of the list of groups. */
export interface GroupRow {
	id: number;
	name: string;
	type_id: number;
	num_users: number;
	num_projects: number;
	num_seq_requests: number;
}

const numUsers = sql<number>`(select count(*) from user_affiliation as a where a.group_id = "group".id)`;
const numProjects = sql<number>`(select count(*) from project as p where p.group_id = "group".id)`;
const numSeqRequests = sql<number>`(select count(*) from seq_request as r where r.group_id = "group".id)`;
const id = ref<number>("group.id");

export type GroupColumn = "id" | "name" | "type" | "num_users" | "num_projects" | "num_seq_requests";
export type GroupScope = "user_id";

/** Groups: one's own, insiders all. */
export const groupList: ListSpec<GroupRow, GroupColumn, GroupScope> = {
	table: "group",
	id,
	columns: {
		id: idColumn(id),
		name: textColumn("group.name"),
		type: enumerationColumn(GroupType, "group.type_id"),
		num_users: { sort: numUsers },
		num_projects: { sort: numProjects },
		num_seq_requests: { sort: numSeqRequests },
	},
	scopes: {
		user_id: (user) =>
			sql<boolean>`exists (select from user_affiliation as a where a.group_id = "group".id and a.user_id = ${user})`,
	},
	visible: (viewer) => visibleGroups(viewer),
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("group")
			.select(["id", "name", "type_id"])
			.select([numUsers.as("num_users"), numProjects.as("num_projects"), numSeqRequests.as("num_seq_requests")])
			.where("id", "in", ids)
			.execute(),
};

/** A member of a group; `id` is that of the user. */
export interface MemberRow {
	id: number;
	name: string;
	email: string;
	/** Catalog affiliationType. */
	affiliation_type_id: number;
}

export type MemberColumn = "id" | "user" | "affiliation";

/** Members of one group, owner and managers first. The caller has checked the viewer's level to the group. */
export function memberList(groupId: number): ListSpec<MemberRow, MemberColumn, never> {
	const userId = ref<number>("user_affiliation.user_id");
	return {
		table: "user_affiliation",
		id: userId,
		columns: {
			id: idColumn(userId),
			user: { search: { kind: "related", table: "lims_user", text: userNameText, reference: userId } },
			affiliation: enumerationColumn(AffiliationType, "user_affiliation.affiliation_type_id"),
		},
		scopes: {},
		visible: () => sql<boolean>`user_affiliation.group_id = ${groupId}`,
		defaultSort: { column: "affiliation", order: "asc" },
		load: async (db, ids) => {
			const { rows } = await sql<MemberRow>`
				SELECT u.id, u.first_name || ' ' || u.last_name AS name, u.email, a.affiliation_type_id
				FROM user_affiliation a JOIN lims_user u ON u.id = a.user_id
				WHERE a.group_id = ${groupId} AND a.user_id = ANY(${ids}::int[])`.execute(db);
			return rows;
		},
	};
}
