import { describe, expect, it } from "vitest";
import { findNotificationKind, notificationKinds, notificationKindsFor, notificationModeOf } from "./notifications.ts";

const kind = notificationKinds[0];

describe("how a person is told follows what the person chose", () => {
	it.each([
		["the default", { chosen: null, hasOptedOut: false, hasAccount: true }, "immediate"],
		["what was chosen", { chosen: "daily", hasOptedOut: false, hasAccount: true }, "daily"],
		[
			"what was chosen, also after declining by address",
			{ chosen: "immediate", hasOptedOut: true, hasAccount: true },
			"immediate",
		],
		["nothing, declined by address before there was an account", { chosen: null, hasOptedOut: true, hasAccount: true }, "never"],
		["without account at once", { chosen: null, hasOptedOut: false, hasAccount: false }, "immediate"],
		["without account and declined nothing", { chosen: null, hasOptedOut: true, hasAccount: false }, "never"],
	] as const)("%s", (_, choice, mode) => expect(notificationModeOf(kind, choice)).toBe(mode));

	it("shows clients only what they can be told of", () => {
		expect(notificationKindsFor({ isInsider: false }).map((item) => item.audience)).not.toContain("assignee");
		expect(notificationKindsFor({ isInsider: true })).toHaveLength(notificationKinds.length);
	});

	it("has every kind that is on by default", () => {
		const byAudience = (audience: string) =>
			notificationKinds.filter((item) => item.audience === audience && item.defaultMode === "immediate").map((item) => item.key);
		expect(byAudience("requestor")).toEqual(
			expect.arrayContaining(["request_accepted", "revision_asked", "request_rejected", "samples_received", "data_released"]),
		);
		expect(byAudience("assignee")).toEqual(["request_submitted", "request_comment"]);
		expect(byAudience("mentioned")).toEqual(["mention"]);
	});

	it("knows no kind by a foreign key", () => expect(findNotificationKind("constructor")).toBeNull());
});
