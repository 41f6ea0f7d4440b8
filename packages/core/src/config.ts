import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be HH:MM");
const submissionWindow = z
	.object({ weekday: z.int().min(0).max(6), start_time: time, end_time: time })
	.refine((window) => window.start_time < window.end_time, "start_time must be before end_time");

const fileSchema = z.object({
	personalization: z
		.object({
			organization: z.string().min(1).default("OpeNGSync"),
			email: z.email().default("facility@example.org"),
			internal_share_template: z.string().optional(),
		})
		.prefault({}),
	sample_submission_windows: z.array(submissionWindow).default([]),
	email_domain_white_list: z.array(z.string()).optional(),
	db: z.object({ lab_protocol_start_number: z.int().min(1).default(1) }).prefault({}),
	external_base_url: z.string().nullish(),
	share_path_mapping: z.record(z.string(), z.string()).default({}),
	canary_files: z.record(z.string(), z.string()).default({}),
	media_folder: z.string().optional(),
	uploads_folder: z.string().optional(),
	share_root: z.string().optional(),
	log_folder: z.string().optional(),
	template_folder: z.string().optional(),
	illumina_run_folder: z.string().optional(),
	time_zone: z.string().optional(),
	scheduler: z
		.object({
			upload_folder_file_age_days: z.int().min(1).default(30),
			upload_folder_clean_schedule: z.union([z.string(), z.number()]).default("0 1 * * *"),
			rf_scan_interval_min: z.number().positive().default(5),
			status_update_interval_min: z.number().positive().default(2),
		})
		.prefault({}),
	mail: z
		.object({
			server: z.string(),
			port: z.int().default(587),
			user: z.string().optional(),
			password: z.string().optional(),
			sender: z.string(),
		})
		.optional(),
});

/** Settings of the facility: background-and-ops.md §9.1, with folders resolved and environment variables applied. */
export interface FacilityConfig {
	readonly organization: string;
	readonly email: string;
	readonly submissionWindows: readonly { weekday: number; startTime: string; endTime: string }[];
	/** Lower-case domains that may register themselves; null = all. */
	readonly emailDomainWhiteList: readonly string[] | null;
	readonly labPrepStartNumber: number;
	/** Scheme and host of links in mails and scripts, without final slash. */
	readonly externalBaseUrl: string;
	/** Top-level name below the share root → real path of the facility's storage. */
	readonly sharePathMapping: Readonly<Record<string, string>>;
	readonly canaryFiles: Readonly<Record<string, string>>;
	readonly dataFolder: string;
	readonly mediaFolder: string;
	readonly uploadsFolder: string;
	readonly shareRoot: string;
	readonly logFolder: string;
	readonly templateFolder: string;
	readonly illuminaRunFolder: string;
	/** IANA name of the facility's time zone. */
	readonly timeZone: string;
	readonly uploadFileAgeDays: number;
	readonly cleanSchedule: string | number;
	readonly runFolderScanIntervalMin: number;
	readonly statusUpdateIntervalMin: number;
	readonly mail: {
		server: string;
		port: number;
		user?: string | undefined;
		password?: string | undefined;
		sender: string;
	} | null;
	/** Demonstration facility: accounts are shown on the sign-in page. */
	readonly demo: boolean;
	/** Development: pages for developers, cookies without Secure. */
	readonly development: boolean;
	/** Signs links and seals share tokens. Never logged. */
	readonly secretKey: string;
}

/** Where settings come from besides the file. */
export interface ConfigSources {
	readonly dataFolder: string;
	readonly port: number;
	readonly secretKey: string;
	readonly demo?: boolean;
	readonly development?: boolean;
	readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads `opengsync.yaml` (from OPENGSYNC_CONFIG_FILE, else from the data folder; absent = defaults).
 * @throws Error that names the key, when the file does not fit
 */
export function loadConfig(sources: ConfigSources): FacilityConfig {
	const environment = sources.environment ?? process.env;
	const file = environment.OPENGSYNC_CONFIG_FILE ?? path.join(sources.dataFolder, "opengsync.yaml");
	const parsed = fileSchema.safeParse(existsSync(file) ? (parse(readFileSync(file, "utf8")) ?? {}) : {});
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new Error(`${file}: ${issue?.path.join(".") || "file"}: ${issue?.message ?? "is not valid"}`);
	}
	const values = parsed.data;
	const folder = (given: string | undefined, name: string) => path.resolve(given ?? path.join(sources.dataFolder, name));
	const timeZone = environment.TIMEZONE ?? values.time_zone ?? "Europe/Vienna";
	new Intl.DateTimeFormat("en", { timeZone });
	return {
		organization: values.personalization.organization,
		email: values.personalization.email,
		submissionWindows: values.sample_submission_windows.map((window) => ({
			weekday: window.weekday,
			startTime: window.start_time,
			endTime: window.end_time,
		})),
		emailDomainWhiteList: values.email_domain_white_list?.map((domain) => domain.toLowerCase()) ?? null,
		labPrepStartNumber: values.db.lab_protocol_start_number,
		externalBaseUrl: externalBaseUrl(values.external_base_url, sources.port),
		sharePathMapping: values.share_path_mapping,
		canaryFiles: values.canary_files,
		dataFolder: sources.dataFolder,
		mediaFolder: folder(values.media_folder, "media"),
		uploadsFolder: folder(values.uploads_folder, "uploads"),
		shareRoot: folder(values.share_root, "share"),
		logFolder: folder(values.log_folder, "logs"),
		templateFolder: folder(values.template_folder, "templates"),
		illuminaRunFolder: folder(values.illumina_run_folder ?? environment.ILLUMINA_RUN_FOLDER, "illumina_run_folder"),
		timeZone,
		uploadFileAgeDays: values.scheduler.upload_folder_file_age_days,
		cleanSchedule: values.scheduler.upload_folder_clean_schedule,
		runFolderScanIntervalMin: values.scheduler.rf_scan_interval_min,
		statusUpdateIntervalMin: values.scheduler.status_update_interval_min,
		mail: mailSettings(values.mail, environment),
		demo: sources.demo ?? false,
		development: sources.development ?? environment.OPENGSYNC_DEBUG === "1",
		secretKey: sources.secretKey,
	};
}

function externalBaseUrl(given: string | null | undefined, port: number): string {
	if (!given || given === "none") return `http://localhost:${port}`;
	return /^https?:\/\//.test(given) ? given.replace(/\/$/, "") : `https://${given}`;
}

function mailSettings(
	given: z.infer<typeof fileSchema>["mail"],
	environment: Readonly<Record<string, string | undefined>>,
): FacilityConfig["mail"] {
	if (given) return given;
	if (!environment.MAIL_SERVER) return null;
	return {
		server: environment.MAIL_SERVER,
		port: Number(environment.MAIL_PORT ?? 587),
		user: environment.MAIL_USER,
		password: environment.MAIL_PASSWORD,
		sender: environment.MAIL_SENDER ?? environment.MAIL_USER ?? "opengsync@localhost",
	};
}
