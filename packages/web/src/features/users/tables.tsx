import type { UserRow } from "@opengsync/db/queries/users";
import { findMember, membersOf, UserRole } from "@opengsync/domain/catalog";
import { countColumn, filterOptions, idColumn } from "../../components/list-columns.tsx";
import { CopyButton, ObjectLink } from "../../components/parts.tsx";
import { RoleName } from "../../components/status.tsx";
import { defineList } from "../../framework/list.ts";

/** The table of users: access-and-web.md §11.2. */
export const usersTable = defineList<UserRow>({
	name: "users",
	empty: { title: "No users yet" },
	columns: [
		idColumn((row) => `/users/${row.id}/`),
		{
			key: "name",
			title: "Name",
			search: true,
			cell: (row) => (
				<ObjectLink href={`/users/${row.id}/`}>
					{row.first_name} {row.last_name}
				</ObjectLink>
			),
			text: (row) => `${row.first_name} ${row.last_name}`,
		},
		{
			key: "email",
			title: "E-mail",
			sort: true,
			cell: (row) => (
				<>
					{row.email} <CopyButton text={row.email} label={`Copy ${row.email}`} />
				</>
			),
			text: (row) => row.email,
		},
		{
			key: "role",
			title: "Role",
			sort: true,
			filter: filterOptions(membersOf(UserRole)),
			cell: (row) => <RoleName roleId={row.role_id} />,
			text: (row) => findMember(UserRole, row.role_id)?.label ?? "",
		},
		countColumn("num_seq_requests", "Requests"),
		countColumn("num_projects", "Projects"),
	],
});
