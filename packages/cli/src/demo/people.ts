import { hashPassword } from "@opengsync/core/accounts/passwords";
import type { Viewer } from "@opengsync/core/context";
import type { Tx } from "@opengsync/db/transaction";
import { AffiliationType, GroupType, UserRole } from "@opengsync/domain/catalog";

/** Password of all demonstration accounts. */
export const demoPassword = "opengsync-demo";

const people = {
	admin: { firstName: "Alex", lastName: "Admin", email: "admin@example.org", roleId: UserRole.ADMIN.id },
	technician: { firstName: "Toni", lastName: "Technician", email: "technician@example.org", roleId: UserRole.TECHNICIAN.id },
	bioinformatician: {
		firstName: "Billie",
		lastName: "Bioinformatician",
		email: "bioinformatician@example.org",
		roleId: UserRole.BIOINFORMATICIAN.id,
	},
	client: { firstName: "Chris", lastName: "Client", email: "client@example.org", roleId: UserRole.CLIENT.id },
	secondTechnician: { firstName: "Robin", lastName: "Bench", email: "robin.bench@example.org", roleId: UserRole.TECHNICIAN.id },
	immuneLead: { firstName: "Maria", lastName: "Marker", email: "maria.marker@example.org", roleId: UserRole.CLIENT.id },
	immuneStudent: { firstName: "Jonas", lastName: "Junior", email: "jonas.junior@example.org", roleId: UserRole.CLIENT.id },
	neuroLead: { firstName: "Sofia", lastName: "Synapse", email: "sofia.synapse@example.org", roleId: UserRole.CLIENT.id },
	neuroStudent: { firstName: "Luca", lastName: "Lobe", email: "luca.lobe@example.org", roleId: UserRole.CLIENT.id },
	tumourLead: { firstName: "Elena", lastName: "Entity", email: "elena.entity@example.org", roleId: UserRole.CLIENT.id },
	guest: { firstName: "Kim", lastName: "Guest", email: "kim.guest@example.org", roleId: UserRole.CLIENT.id },
	formerMember: {
		firstName: "Pat",
		lastName: "Former",
		email: "pat.former@example.org",
		roleId: UserRole.DEACTIVATED.id,
	},
} as const;

/** People of the demonstration facility. */
export type PersonName = keyof typeof people;

const { OWNER, MANAGER, MEMBER } = AffiliationType;

const groups = {
	institute: {
		name: "Institute of Molecular Medicine",
		typeId: GroupType.INSTITUTION.id,
		members: { tumourLead: OWNER, client: MEMBER, neuroLead: MANAGER },
	},
	immune: {
		name: "Immune Biology Lab",
		typeId: GroupType.RESEARCH_GROUP.id,
		members: { immuneLead: OWNER, immuneStudent: MEMBER, client: MEMBER, formerMember: MEMBER },
	},
	neuro: {
		name: "Neurogenetics Lab",
		typeId: GroupType.RESEARCH_GROUP.id,
		members: { neuroLead: OWNER, neuroStudent: MANAGER },
	},
	tumour: {
		name: "Tumour Atlas Consortium",
		typeId: GroupType.COLLABORATION.id,
		members: { tumourLead: OWNER, immuneLead: MEMBER, client: MANAGER, bioinformatician: MEMBER },
	},
} as const;

/** Groups of the demonstration facility. */
export type GroupName = keyof typeof groups;

/** An object of the same keys; every key of `source` is there. */
async function mapKeys<Key extends string, Value, Result>(
	source: Readonly<Record<Key, Value>>,
	map: (value: Value, key: Key) => Promise<Result>,
): Promise<Record<Key, Result>> {
	const result: Partial<Record<Key, Result>> = {};
	for (const key in source) result[key] = await map(source[key], key);
	return result as Record<Key, Result>;
}

/** Creates all accounts, with one password. */
export async function createPeople(tx: Tx): Promise<Record<PersonName, Viewer>> {
	const password = await hashPassword(demoPassword);
	return mapKeys(people, async (person): Promise<Viewer> => {
		const user = await tx
			.insertInto("lims_user")
			.values({
				first_name: person.firstName,
				last_name: person.lastName,
				email: person.email,
				role_id: person.roleId,
				password,
			})
			.returning("id")
			.executeTakeFirstOrThrow();
		return { ...person, id: user.id };
	});
}

/** Creates all groups with their members. */
export async function createGroups(tx: Tx, viewers: Readonly<Record<PersonName, Viewer>>): Promise<Record<GroupName, number>> {
	return mapKeys(groups, async (group) => {
		const row = await tx
			.insertInto("group")
			.values({ name: group.name, type_id: group.typeId })
			.returning("id")
			.executeTakeFirstOrThrow();
		const members: [string, { readonly id: number }][] = Object.entries(group.members);
		await tx
			.insertInto("user_affiliation")
			.values(
				members.map(([person, affiliation]) => ({
					user_id: viewers[person as PersonName].id,
					group_id: row.id,
					affiliation_type_id: affiliation.id,
				})),
			)
			.execute();
		return row.id;
	});
}
