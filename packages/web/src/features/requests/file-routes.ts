import { withFileChanges } from "@opengsync/core/files/file-changes";
import { deleteRequestFile } from "@opengsync/core/requests/delete-request-file";
import { z } from "zod";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route } from "../../framework/route.ts";
import { loadRequest } from "./load-request.ts";

/** Files of a request are deleted only through the request to which they belong. */
export const requestFileRoutes: readonly Route[] = [
	defineRoute({
		method: "POST",
		path: "/seq_requests/:id/files/:fileId/delete/",
		kind: "action",
		policy: onObject("request", "id", "EDIT"),
		summary: "Delete a file of a request",
		params: z.object({ id: idInPath, fileId: idInPath }),
		handler: async (exchange) => {
			const request = await loadRequest(exchange);
			await withFileChanges(exchange.services.files, (changes) =>
				exchange.command((context) => deleteRequestFile(context, request.id, exchange.params.fileId, changes)),
			);
			exchange.flash("success", "File deleted.");
			return exchange.redirect(`/seq_requests/${request.id}/?tab=files`);
		},
	}),
];
