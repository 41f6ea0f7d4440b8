import type { Services } from "@opengsync/core/context";
import { UnavailableError } from "@opengsync/core/errors";
import { checkShareStatus } from "@opengsync/core/service/share-status";
import { measureStorage } from "@opengsync/core/service/storage-space";
import { insiderOrToken, publicly } from "../../framework/policy.ts";
import { defineRoute, type Route } from "../../framework/route.ts";
import { keepFor } from "./kept-answer.ts";

const keptSeconds = 120;
const bytesPerGigabyte = 1024 ** 3;

const shareStatus = keepFor(keptSeconds, (services: Services) => checkShareStatus(services.config));
const mediaSpace = keepFor(keptSeconds, (services: Services) => measureStorage(services.config.mediaFolder));

function gigabytes(bytes: number): string {
	return `${(bytes / bytesPerGigabyte).toFixed(1)} GB`;
}

/** What machines and the pages' scripts ask: background-and-ops.md §5.2, access-and-web.md §6.4. */
export const serviceRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/retrieve_flash_messages/",
		kind: "api",
		policy: publicly,
		summary: "Notices that wait to be shown, once",
		limit: { name: "flash", requests: 10, perSeconds: 1 },
		handler: async (exchange) => {
			const flashes = await exchange.takeFlashes();
			return flashes.length === 0 ? new Response(null, { status: 204 }) : exchange.json(flashes);
		},
	}),
	defineRoute({
		method: "GET",
		path: "/share_status_check/",
		kind: "api",
		policy: publicly,
		summary: "Whether the storage behind the shares answers",
		limit: { name: "status", requests: 5, perSeconds: 1 },
		handler: async (exchange) => {
			const { services } = exchange;
			const state = await shareStatus(services, services.now().getTime());
			return exchange.json(state, state.status === "offline" || state.status === "degraded" ? 503 : 200);
		},
	}),
	defineRoute({
		method: "GET",
		path: "/storage_availability_check/",
		kind: "api",
		policy: insiderOrToken,
		summary: "Room on the volume of the uploaded files",
		limit: { name: "storage", requests: 5, perSeconds: 1 },
		handler: async (exchange) => {
			const { services } = exchange;
			const space = await mediaSpace(services, services.now().getTime()).catch(() => {
				throw new UnavailableError("The storage does not answer at present. Please try again later.");
			});
			return exchange.json({
				used: gigabytes(space.usedBytes),
				free: gigabytes(space.freeBytes),
				total: gigabytes(space.totalBytes),
				percent_used: `${space.usedPercent.toFixed(1)}%`,
			});
		},
	}),
];
