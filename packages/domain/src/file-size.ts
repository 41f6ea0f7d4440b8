const suffixes = ["B", "KB", "MB", "GB", "TB", "PB"] as const;

/** Size of a file for people, in steps of 1024: `512 B`, `1.5 MB`; `–` when it is unknown (directories). */
export function formatFileSize(sizeBytes: number | null): string {
	if (sizeBytes === null) return "–";
	let value = sizeBytes;
	let step = 0;
	while (Math.round(value * 10) / 10 >= 1024 && step < suffixes.length - 1) {
		value /= 1024;
		step += 1;
	}
	return `${step === 0 ? value : value.toFixed(1)} ${suffixes[step] ?? ""}`;
}
