// Users: look-up and list.
import { membersOf, UserRole } from "@opengsync/domain/catalog";
import { type Selectable, sql } from "kysely";
import { userLevel, type Viewer, visibleToInsiders } from "../access.ts";
import type { Db } from "../connection.ts";
import type { LimsUser } from "../database.gen.ts";
import type { ListSpec } from "../list-query.ts";
import { enumerationColumn, idColumn, ref, userNameText } from "./list-columns.ts";

/** A user without the password. */
export type User = Omit<Selectable<LimsUser>, "password">;

const columns = ["id", "first_name", "last_name", "email", "role_id"] as const;

/** The user with the viewer's level, or null. */
export async function findUser(db: Db, viewer: Viewer, id: number): Promise<(User & { access_level: number }) | null> {
	const user = await db
		.selectFrom("lims_user")
		.select(columns)
		.select(userLevel(viewer).as("access_level"))
		.where("id", "=", id)
		.executeTakeFirst();
	return user ?? null;
}

/** The user of an address regardless of case, with the password hash, for signing in; or null. */
export async function findUserByEmail(db: Db, email: string): Promise<Selectable<LimsUser> | null> {
	const user = await db
		.selectFrom("lims_user")
		.selectAll()
		.where(sql`lower(email)`, "=", email.trim().toLowerCase())
		.executeTakeFirst();
	return user ?? null;
}

/** A row of the list of users. */
export interface UserRow extends User {
	num_projects: number;
	num_samples: number;
	num_seq_requests: number;
}

const numProjects = sql<number>`(select count(*) from project where project.owner_id = lims_user.id)`;
const numSamples = sql<number>`(select count(*) from sample where sample.owner_id = lims_user.id)`;
const numSeqRequests = sql<number>`(select count(*) from seq_request where seq_request.requestor_id = lims_user.id)`;
const insiderIds = membersOf(UserRole)
	.filter(({ insider }) => insider)
	.map(({ id }) => id);
const id = ref<number>("lims_user.id");

export type UserColumn = "id" | "name" | "email" | "last_name" | "role" | "num_projects" | "num_samples" | "num_seq_requests";
/** `insiders`: 1 only staff, 0 only others. */
export type UserScope = "group_id" | "not_in_group_id" | "insiders";

/** Users; for staff. */
export const userList: ListSpec<UserRow, UserColumn, UserScope> = {
	table: "lims_user",
	id,
	columns: {
		id: idColumn(id),
		name: { sort: userNameText, search: { kind: "trigram", texts: [userNameText] } },
		email: { sort: ref("lims_user.email"), search: { kind: "trigram", texts: [sql`lower(lims_user.email)`] } },
		last_name: { sort: ref("lims_user.last_name") },
		role: enumerationColumn(UserRole, "lims_user.role_id"),
		num_projects: { sort: numProjects },
		num_samples: { sort: numSamples },
		num_seq_requests: { sort: numSeqRequests },
	},
	scopes: {
		group_id: (group) =>
			sql<boolean>`exists (select from user_affiliation as a where a.user_id = lims_user.id and a.group_id = ${group})`,
		not_in_group_id: (group) =>
			sql<boolean>`not exists (select from user_affiliation as a where a.user_id = lims_user.id and a.group_id = ${group})`,
		insiders: (only) => sql<boolean>`(lims_user.role_id = any(${insiderIds}::integer[])) = ${only === 1}`,
	},
	visible: visibleToInsiders,
	defaultSort: { column: "id", order: "desc" },
	load: (db, ids) =>
		db
			.selectFrom("lims_user")
			.select(columns)
			.select([numProjects.as("num_projects"), numSamples.as("num_samples"), numSeqRequests.as("num_seq_requests")])
			.where("id", "in", ids)
			.execute(),
};
