import { AccessType } from "@opengsync/domain/catalog";
import type { PolicyEntity } from "@opengsync/web/framework/policy";
import type { ActorName } from "./actors.ts";

type Level = keyof typeof AccessType;
/** Levels of the requestor, an ordinary member, the manager and the owner of the group, in this order. */
type CustomerLevels = readonly [requestor: Level, member: Level, manager: Level, owner: Level];

const groupMayEdit: CustomerLevels = ["OWNER", "EDIT", "EDIT", "EDIT"];
const nothing: CustomerLevels = ["NONE", "NONE", "NONE", "NONE"];

/** Written down from access-and-web.md §2.2, apart from the SQL that computes it, for the objects of the seeded world. */
const customerLevels: Readonly<Record<PolicyEntity, CustomerLevels>> = {
	request: groupMayEdit,
	project: groupMayEdit,
	sample: groupMayEdit,
	library: groupMayEdit,
	pool: groupMayEdit,
	mediaFile: groupMayEdit,
	comment: groupMayEdit,
	dataPath: ["VIEW", "VIEW", "VIEW", "VIEW"],
	group: ["VIEW", "VIEW", "EDIT", "OWNER"],
	user: ["OWNER", "NONE", "NONE", "NONE"],
	workflowRun: ["OWNER", "NONE", "NONE", "NONE"],
	experiment: nothing,
	labPrep: nothing,
	run: nothing,
	protocol: nothing,
};

/** Id of the level that an actor has to an object of the seeded world; null for those who are not signed in. */
export function expectedLevel(actor: ActorName, entity: PolicyEntity): number | null {
	const [requestor, member, manager, owner] = customerLevels[entity];
	const byActor: Partial<Record<ActorName, Level>> = {
		stranger: "NONE",
		requestor,
		member,
		manager,
		owner,
		technician: "INSIDER",
		bioinformatician: "INSIDER",
		admin: "ADMIN",
	};
	const level = byActor[actor];
	return level === undefined ? null : AccessType[level].id;
}
