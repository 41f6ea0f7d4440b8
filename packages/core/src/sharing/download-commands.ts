import type { FacilityConfig } from "../config.ts";

/** Where a share's endpoints are, and the folder that the commands write to. */
export interface DownloadSource {
	/** Scheme, host and port without final slash. */
	readonly baseUrl: string;
	readonly token: string;
	/** Folder on the customer's machine. */
	readonly outputFolder: string;
	/** Adds `--no-check-certificate` to wget. */
	readonly development?: boolean;
}

/** The source of a token with the folder `<organization>_DATA` (access-and-web.md §15.5). */
export function downloadSource(
	config: Pick<FacilityConfig, "externalBaseUrl" | "organization" | "development">,
	token: string,
): DownloadSource {
	const outputFolder = `${config.organization}_DATA`.replace(/[^\p{L}\p{N}_-]/gu, "_");
	return { baseUrl: config.externalBaseUrl, token, outputFolder, development: config.development };
}

/** Shown wherever *sync* is. */
export const syncWarning =
	"sync deletes files in the folder that are not on the server: use a folder of its own. Old versions of rclone may fail.";

/** Recommended: fetches only what is missing or changed. */
export function webdavSyncCommand(source: DownloadSource): string {
	const options = "--progress --transfers=8 --checkers=16 --use-server-modtime --verbose";
	return `rclone sync ${webdavRemote(source)} ${quoteArgument(source.outputFolder)} ${options}`;
}

/** For versions of rclone that have trouble with WebDAV. */
export function httpCopyCommand(source: DownloadSource): string {
	const url = quoteArgument(`${source.baseUrl}/api/files/browse/${source.token}`);
	const options = "-v --stats-log-level NOTICE --stats 500ms --progress";
	return `rclone copy --http-url ${url} :http: ${quoteArgument(source.outputFolder)} ${options}`;
}

/** Only where there is no rclone. */
export function wgetCommand(source: DownloadSource): string {
	const url = quoteArgument(`${source.baseUrl}/api/files/browse/${source.token}/`);
	const options = `--reject="index.html*" --recursive --level=99 --no-parent -k -e robots=off -nH --cut-dirs=4`;
	const certificate = source.development ? " --no-check-certificate" : "";
	return `wget -P ${quoteArgument(source.outputFolder)} ${options}${certificate} ${url}`;
}

/** Shows the share as a folder, without copying it. */
export function mountCommand(source: DownloadSource, mountLocation: string): string {
	return `rclone mount ${webdavRemote(source)} ${quoteArgument(mountLocation)} --vfs-cache-mode full --read-only --daemon`;
}

/** The quotes inside are rclone's: they keep the colons of the address from being read as its own. */
function webdavRemote(source: DownloadSource): string {
	const remote = `:webdav,url='${source.baseUrl}/files/webdav/share/${source.token}/':/`;
	return `"${remote.replace(/["\\$`]/g, "\\$&")}"`;
}

/** Quotes for a POSIX shell where needed; plain words and addresses stay readable. */
function quoteArgument(text: string): string {
	return /^[\p{L}\p{N}_./:@%+-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
