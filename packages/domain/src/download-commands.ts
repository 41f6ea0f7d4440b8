/** Commands with which a recipient downloads a share (access-and-web.md §15.5), every value quoted for the shell. */

/** What the commands are built from; the facility's configuration fits. */
export interface DownloadSettings {
	/** Scheme, host and path prefix of links. */
	readonly externalBaseUrl: string;
	readonly organization: string;
	/** Debug mode: wget does not check certificates. */
	readonly development?: boolean;
}

/** Text as one word of a POSIX shell; left as it is when nothing in it is special. */
export function quoteShell(text: string): string {
	return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text inside double quotes of a POSIX shell. */
function escapeDoubleQuoted(text: string): string {
	return text.replace(/[\\"$`]/g, "\\$&");
}

/** A folder as an argument: one that begins with a dash is not taken for an option. */
function quoteFolder(folder: string): string {
	return quoteShell(folder.startsWith("-") ? `./${folder}` : folder);
}

function baseUrl(settings: DownloadSettings): string {
	return settings.externalBaseUrl.replace(/\/+$/, "");
}

/** Folder for the files unless the recipient chooses another: `<organization>_DATA`, other characters than letters, digits, `_`, `-` replaced. */
export function defaultOutputFolder(organization: string): string {
	return `${organization.replace(/[^A-Za-z0-9_-]/g, "_")}_DATA`;
}

/** rclone's connection string of a share: in single quotes of its own (doubled inside), within double quotes of the shell. */
function webdavRemote(settings: DownloadSettings, token: string): string {
	const url = `${baseUrl(settings)}/files/webdav/share/${encodeURIComponent(token)}/`.replaceAll("'", "''");
	return `"${escapeDoubleQuoted(`:webdav,url='${url}':/`)}"`;
}

function browseUrl(settings: DownloadSettings, token: string): string {
	return `${baseUrl(settings)}/api/files/browse/${encodeURIComponent(token)}`;
}

/** WebDAV sync, the recommended one. It deletes files in the folder that are not on the server: say so wherever it is shown. */
export function webdavSyncCommand(
	settings: DownloadSettings,
	token: string,
	folder = defaultOutputFolder(settings.organization),
): string {
	return `rclone sync ${webdavRemote(settings, token)} ${quoteFolder(folder)} --progress --transfers=8 --checkers=16 --use-server-modtime --verbose`;
}

/** Copy over HTTP. */
export function httpCopyCommand(
	settings: DownloadSettings,
	token: string,
	folder = defaultOutputFolder(settings.organization),
): string {
	return `rclone copy --http-url ${quoteShell(browseUrl(settings, token))} :http: ${quoteFolder(folder)} -v --stats-log-level NOTICE --stats 500ms --progress`;
}

/** Recursive download by wget. */
export function wgetCommand(
	settings: DownloadSettings,
	token: string,
	folder = defaultOutputFolder(settings.organization),
): string {
	const unchecked = settings.development ? "--no-check-certificate " : "";
	const url = quoteShell(`${browseUrl(settings, token)}/`);
	return `wget ${unchecked}-P ${quoteFolder(folder)} --reject="index.html*" --recursive --level=99 --no-parent -k -e robots=off -nH --cut-dirs=4 ${url}`;
}

/** Mounts the share read-only. */
export function mountCommand(settings: DownloadSettings, token: string, mountLocation: string): string {
	return `rclone mount ${webdavRemote(settings, token)} ${quoteFolder(mountLocation)} --vfs-cache-mode full --read-only --daemon`;
}

/** Remark to show beside every sync command. */
export const syncRemark =
	"Sync deletes files in the target folder that are not on the server: use a folder of its own. Old versions of rclone may fail.";
