import { type ResolvedPath, resolvePath, type ShareScope } from "@opengsync/core/sharing/resolve-path";
import { walkTree } from "@opengsync/core/sharing/walk-tree";
import { contentDisposition } from "../../framework/content-disposition.ts";
import { addressOf } from "./addresses.ts";
import { userContentHeaders } from "./file-headers.ts";
import { streamOfText } from "./stream-of.ts";

/** Shells for which there is a script. */
export type ScriptPlatform = "unix" | "windows";

/** Where the files of a script come from. */
export interface ScriptSource {
	/** Scheme, host and path of the token's plain index, without final slash. */
	readonly indexUrl: string;
	readonly scope: ShareScope;
	readonly subpath: string;
}

/** How a shell's script is put together. */
interface ScriptWriter {
	readonly extension: string;
	readonly contentType: string;
	readonly quote: (text: string) => string;
	readonly head: (folder: string) => string;
	readonly tail: string;
}

/**
 * Streams a script that downloads all files of a share with curl (access-and-web.md §16.5). A file is fetched under a name of
 * its own and renamed when it is complete: with the plain `-z <file> -C - -o <file>` a partial file would count as up to date.
 * @throws NotFoundError, UnavailableError of the resolver, before anything is sent
 */
export async function sendCurlScript(request: Request, source: ScriptSource, platform: ScriptPlatform): Promise<Response> {
	const top = await resolvePath(source.scope, source.subpath);
	const writer = platform === "unix" ? unix : windows;
	const headers = userContentHeaders(writer.contentType);
	headers.set("Content-Type", writer.contentType);
	const fileName = `download_${(top.name || "all").replace(/[^\p{L}\p{N}_.-]/gu, "_")}${writer.extension}`;
	headers.set("Content-Disposition", contentDisposition(fileName, false));
	if (request.method === "HEAD") return new Response(null, { headers });
	return new Response(streamOfText(writeScript(source, top, writer)), { headers });
}

async function* writeScript(source: ScriptSource, top: ResolvedPath, writer: ScriptWriter): AsyncGenerator<string> {
	yield writer.head((top.isDirectory && top.name) || "download");
	const aboveLength = top.isDirectory ? (top.path === "" ? 0 : top.path.length + 1) : top.path.length - top.name.length;
	for await (const file of top.isDirectory ? walkTree(source.scope, top.path) : [top]) {
		const target = `./${file.path.slice(aboveLength)}`;
		const url = addressOf(source.indexUrl, file.path, false);
		yield `fetch ${writer.quote(target)} ${file.sizeBytes} ${writer.quote(url)}\n`;
	}
	yield writer.tail;
}

const unix: ScriptWriter = {
	extension: ".sh",
	contentType: "text/x-shellscript; charset=utf-8",
	quote: (text) => `'${text.replaceAll("'", "'\\''")}'`,
	head: (folder) => `#!/usr/bin/env bash
# Downloads the shared files; run it again to go on after an interruption or to fetch what has changed.
set -u
folder=${unix.quote(`./${folder}`)}
mkdir -p "$folder" && cd "$folder" || exit 1
number=0
failed=0

fetch() {
	local file=$1 size=$2 url=$3
	number=$((number + 1))
	printf '[%s] %s\\n' "$number" "$file"
	mkdir -p "$(dirname "$file")"
	local part="$file.part"
	local newer=()
	if [ -e "$file" ]; then newer=(-z "$file"); fi
	if curl -L -C - \${newer[@]+"\${newer[@]}"} --create-dirs -f -sS -R -o "$part" "$url"; then
		if [ ! -e "$part" ] && [ -e "$file" ]; then return; fi
		if [ ! -e "$part" ] && [ "$size" -eq 0 ]; then : > "$part"; fi
	fi
	if [ -e "$part" ] && [ "$(($(wc -c < "$part")))" -eq "$size" ]; then
		mv -f "$part" "$file"
	else
		if [ -e "$part" ] && [ "$(($(wc -c < "$part")))" -gt "$size" ]; then rm -f "$part"; fi
		printf 'Not complete: %s\\n' "$file" >&2
		failed=$((failed + 1))
	fi
}

`,
	tail: `
if [ "$failed" -gt 0 ]; then
	printf '%s of %s files are not complete; please run the script again.\\n' "$failed" "$number" >&2
	exit 1
fi
printf 'All %s files are complete.\\n' "$number"
`,
};

const windows: ScriptWriter = {
	extension: ".ps1",
	contentType: "text/plain; charset=utf-8",
	// PowerShell takes typographic single quotes for quotes, too.
	quote: (text) => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`,
	head: (folder) => `\uFEFF# Downloads the shared files; run it again to go on after an interruption or to fetch what has changed.
$folder = ${windows.quote(`./${folder}`)}
[void][IO.Directory]::CreateDirectory((Join-Path (Get-Location).ProviderPath $folder))
Set-Location -LiteralPath $folder -ErrorAction Stop
$script:number = 0
$script:failed = 0

function fetch([string]$file, [long]$size, [string]$url) {
	$script:number += 1
	Write-Host "[$($script:number)] $file"
	$part = "$file.part"
	$newer = @()
	if (Test-Path -LiteralPath $file) { $newer = @('-z', $file) }
	& curl.exe -L -C - @newer --create-dirs -f -sS -R -o $part $url
	$code = $LASTEXITCODE
	$here = Test-Path -LiteralPath $part
	if ($code -eq 0 -and -not $here -and (Test-Path -LiteralPath $file)) { return }
	if ($code -eq 0 -and -not $here -and $size -eq 0) { [void](New-Item -ItemType File -Force -Path $part); $here = $true }
	if ($here -and (Get-Item -LiteralPath $part).Length -eq $size) {
		Move-Item -LiteralPath $part -Destination $file -Force
	} else {
		if ($here -and (Get-Item -LiteralPath $part).Length -gt $size) { Remove-Item -LiteralPath $part }
		Write-Warning "Not complete: $file"
		$script:failed += 1
	}
}

`,
	tail: `
if ($script:failed -gt 0) {
	Write-Warning "$($script:failed) of $($script:number) files are not complete; please run the script again."
	exit 1
}
Write-Host "All $($script:number) files are complete."
`,
};
