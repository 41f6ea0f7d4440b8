/** Which events people are told of by e-mail, whom, and how they may choose (extensions.md §8). */

/** How a person is told: by a mail at once, in one mail a day, or not at all. */
export type NotificationMode = "immediate" | "daily" | "never";

/** Modes in the order of the form. */
export const notificationModes: readonly { readonly mode: NotificationMode; readonly label: string }[] = [
	{ mode: "immediate", label: "At once" },
	{ mode: "daily", label: "Daily digest" },
	{ mode: "never", label: "Never" },
];

/** Who is told: requestor and contact person of the request, its assignees, or whoever is named in a comment. */
export type NotificationAudience = "requestor" | "assignee" | "mentioned";

/** A kind of event that people are told of. */
export interface NotificationKind {
	readonly key: string;
	/** Row of the form. */
	readonly label: string;
	/** In the middle of a sentence: "mails about …". */
	readonly topic: string;
	readonly audience: NotificationAudience;
	/** For those who have not chosen. */
	readonly defaultMode: NotificationMode;
}

/** All kinds in the order of the form. */
export const notificationKinds = [
	{
		key: "request_accepted",
		label: "My request is accepted",
		topic: "accepted requests",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "revision_asked",
		label: "My request needs a revision",
		topic: "requests that need a revision",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "request_rejected",
		label: "My request is rejected",
		topic: "rejected requests",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "samples_received",
		label: "My samples have arrived",
		topic: "samples that have arrived",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "data_released",
		label: "My data are released",
		topic: "released data",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "quality_report",
		label: "My samples are measured (QC only)",
		topic: "reports of QC-only requests",
		audience: "requestor",
		defaultMode: "immediate",
	},
	{
		key: "request_submitted",
		label: "A request assigned to me is submitted",
		topic: "submitted requests",
		audience: "assignee",
		defaultMode: "immediate",
	},
	{
		key: "request_comment",
		label: "Somebody comments on a request assigned to me",
		topic: "comments",
		audience: "assignee",
		defaultMode: "immediate",
	},
	{
		key: "mention",
		label: "Somebody mentions me in a comment",
		topic: "comments that mention you",
		audience: "mentioned",
		defaultMode: "immediate",
	},
] as const satisfies readonly NotificationKind[];

/** Key of a kind. */
export type NotificationKindKey = (typeof notificationKinds)[number]["key"];

/** The kind with a key; null for any other text. */
export function findNotificationKind(key: string): (NotificationKind & { readonly key: NotificationKindKey }) | null {
	return notificationKinds.find((kind) => kind.key === key) ?? null;
}

/** Kinds that a person may be told of: those about requests that are assigned, and mentions, are for staff. */
export function notificationKindsFor(person: { readonly isInsider: boolean }): readonly (typeof notificationKinds)[number][] {
	return notificationKinds.filter((kind) => person.isInsider || kind.audience === "requestor");
}

/** What decides whether and how somebody is told. */
export interface NotificationChoice {
	/** Chosen on the own page; null = never chosen. */
	readonly chosen: NotificationMode | null;
	/** Declined by the link of a mail, by address. */
	readonly hasOptedOut: boolean;
	/** Without an account there is no digest and nothing to choose from but to decline. */
	readonly hasAccount: boolean;
}

/** How somebody is told of a kind: what was chosen on the own page comes before what was declined by address, both before the default. */
export function notificationModeOf(kind: NotificationKind, choice: NotificationChoice): NotificationMode {
	if (choice.hasAccount && choice.chosen) return choice.chosen;
	if (choice.hasOptedOut) return "never";
	return choice.hasAccount || kind.defaultMode === "never" ? kind.defaultMode : "immediate";
}
