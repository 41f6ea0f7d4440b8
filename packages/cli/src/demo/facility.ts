import type { CommandContext, Services, Viewer } from "@opengsync/core/context";
import type { Db } from "@opengsync/db/connection";
import { type Tx, transact } from "@opengsync/db/transaction";
import type { IndexKit } from "@opengsync/domain/indices/kit";
import type { GroupName, PersonName } from "./people.ts";

/** The demonstration facility while it is being filled: who is there, and when it all happens. */
export interface Facility {
	readonly db: Db;
	readonly services: Services;
	/** Present time: everything else is told in days before it. */
	readonly today: Date;
	readonly people: Readonly<Record<PersonName, Viewer>>;
	/** Ids of the groups. */
	readonly groups: Readonly<Record<GroupName, number>>;
	/** All index kits, with their adapters. */
	readonly indexKits: readonly IndexKit[];
}

const dayMs = 24 * 60 * 60 * 1000;

/** A time of working hours, so many days before today (negative: ahead). */
export function daysBefore(today: Date, days: number, hour = 9): Date {
	const time = new Date(today.getTime() - days * dayMs);
	time.setUTCHours(hour, (Math.abs(Math.round(days)) * 7) % 60, 0, 0);
	return time;
}

/** Runs commands in one transaction, in the name of a person and at a time of the past. */
export function actAs<Result>(
	facility: Facility,
	person: PersonName,
	at: Date,
	work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
	const viewer = facility.people[person];
	const actor = { userId: viewer.id, impersonatorId: null, via: "setup", requestId: "demo" } as const;
	const services: Services = { ...facility.services, now: () => at };
	return transact(facility.db, actor, (tx) => work({ tx, actor, viewer, services }));
}

/** Runs what nobody does: set-up and the worker's share. */
export function actAlone<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
	return transact(db, { userId: null, impersonatorId: null, via: "setup", requestId: "demo" }, work);
}

/** Numbers that look measured and are the same in each demonstration: between `from` and `to`, by a seed. */
export function measuredBetween(from: number, to: number, seed: number): number {
	const fraction = Math.abs(Math.sin(seed * 12.9898 + 4.1414) * 43758.5453) % 1;
	return Math.round((from + (to - from) * fraction) * 100) / 100;
}
