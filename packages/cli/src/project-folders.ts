import { existsSync } from "node:fs";
import path from "node:path";

/** The folder of the project, found from where this file or its bundle lies. @throws Error when it is not below one */
export function projectFolder(): string {
	let folder = import.meta.dirname;
	while (!existsSync(path.join(folder, "packages", "db", "migrations"))) {
		const parent = path.dirname(folder);
		if (parent === folder) throw new Error("The project's folder was not found.");
		folder = parent;
	}
	return folder;
}
