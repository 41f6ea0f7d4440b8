import { NotPossibleError } from "@opengsync/core/errors";
import { resolvePath } from "@opengsync/core/sharing/resolve-path";
import { findDataPath } from "@opengsync/db/queries/data-paths";
import { isViewableFile } from "@opengsync/domain/viewable-files";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, type Route, withId } from "../../framework/route.ts";
import { findProxy } from "../shares/open-share.ts";
import { sendFile } from "../shares/send-file.ts";

/** Files that pipelines have registered: access-and-web.md §14.1. */
export const dataFileRoutes: readonly Route[] = [
	defineRoute({
		method: "GET",
		path: "/data_file/:id/",
		kind: "file",
		policy: onObject("dataPath", "id", "VIEW"),
		summary: "Show a registered data file",
		params: withId,
		userContent: true,
		handler: async (exchange) => {
			const { path } = exchange.authorize(await findDataPath(exchange.db, exchange.viewer, exchange.params.id));
			const { shareRoot: root } = exchange.services.config;
			const audience = exchange.isInsider ? "staff" : "customer";
			const file = await resolvePath({ root, sharedPaths: [path], audience }, path);
			if (file.isDirectory) throw new NotPossibleError("This is a folder.");
			if (!isViewableFile(file.name) || !isViewableFile(file.realPath)) {
				throw new NotPossibleError("Files of this kind are not shown here: download them by the link of the project.");
			}
			return sendFile(exchange.request, file, { proxy: await findProxy(root) });
		},
	}),
];
