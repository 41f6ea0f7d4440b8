import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkSubmissionWindow, type SubmissionWindow } from "@opengsync/domain/submission-window";
import { isTimeZone } from "@opengsync/domain/time";
import { parse } from "yaml";
import { z } from "zod";

const submissionWindow = z
	.object({ weekday: z.number(), start_time: z.string(), end_time: z.string() })
	.transform(({ weekday, start_time, end_time }): SubmissionWindow => ({ weekday, startTime: start_time, endTime: end_time }))
	.superRefine((window, context) => {
		const message = checkSubmissionWindow(window);
		if (message !== null) context.addIssue({ code: "custom", message });
	});

const openIdProvider = z.object({
	name: z.string().regex(/^[a-z0-9-]{1,64}$/, "must be lower-case letters, digits and -"),
	label: z.string().min(1),
	issuer: z.url(),
	client_id: z.string().min(1),
	client_secret: z.string().min(1).optional(),
	scopes: z.string().default("openid email profile"),
	email_domains: z.array(z.string()).optional(),
	creates_accounts: z.boolean().default(false),
});

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
	sign_in: z
		.object({
			second_factor_roles: z.array(z.enum(["ADMIN", "BIOINFORMATICIAN", "TECHNICIAN", "CLIENT"])).default([]),
			passkey_relying_party: z.string().min(1).optional(),
			passkey_origins: z.array(z.url()).optional(),
			openid: z.array(openIdProvider).default([]),
		})
		.prefault({}),
	redis_url: z.string().optional(),
	trusted_proxies: z.array(z.string()).default([]),
});

/** An institution where users sign in by OpenID Connect. */
export interface OpenIdProviderConfig {
	/** Name in addresses and in the database. */
	readonly name: string;
	/** Text of the button. */
	readonly label: string;
	readonly issuer: string;
	readonly clientId: string;
	/** Absent for public clients (PKCE only). */
	readonly clientSecret: string | null;
	readonly scopes: string;
	/** Lower-case domains whose verified addresses are accepted; null = all. */
	readonly emailDomains: readonly string[] | null;
	/** Unknown persons get a CLIENT account; otherwise they are refused. */
	readonly createsAccounts: boolean;
}

/** Ways to sign in besides the password. */
export interface SignInConfig {
	/** Keys of *userRole* that have to use a second factor. */
	readonly secondFactorRoles: readonly string[];
	/** Host name for which passkeys are valid. */
	readonly passkeyRelyingParty: string;
	/** Origins from which passkeys are accepted. */
	readonly passkeyOrigins: readonly string[];
	readonly openId: readonly OpenIdProviderConfig[];
}

/** Settings of the facility: background-and-ops.md §9.1, with folders resolved and environment variables applied. */
export interface FacilityConfig {
	readonly organization: string;
	readonly email: string;
	readonly submissionWindows: readonly SubmissionWindow[];
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
	/** Ways to sign in besides the password (extensions.md §1). */
	readonly signIn: SignInConfig;
	/** Shared counters of limits; null = in the memory of the process. */
	readonly redisUrl: string | null;
	/** Addresses of the reverse proxies whose `X-Forwarded-For` counts. */
	readonly trustedProxies: readonly string[];
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
	if (!isTimeZone(timeZone)) throw new Error(`time_zone: there is no time zone "${timeZone}"`);
	return {
		organization: values.personalization.organization,
		email: values.personalization.email,
		submissionWindows: values.sample_submission_windows,
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
		signIn: signInSettings(values.sign_in, externalBaseUrl(values.external_base_url, sources.port)),
		redisUrl: environment.OPENGSYNC_REDIS_URL ?? values.redis_url ?? null,
		trustedProxies: environment.OPENGSYNC_TRUSTED_PROXIES?.split(/[\s,]+/).filter(Boolean) ?? values.trusted_proxies,
		demo: sources.demo ?? false,
		development: sources.development ?? environment.OPENGSYNC_DEBUG === "1",
		secretKey: sources.secretKey,
	};
}

function externalBaseUrl(given: string | null | undefined, port: number): string {
	if (!given || given === "none") return `http://localhost:${port}`;
	return /^https?:\/\//.test(given) ? given.replace(/\/$/, "") : `https://${given}`;
}

function signInSettings(given: z.infer<typeof fileSchema>["sign_in"], baseUrl: string): SignInConfig {
	return {
		secondFactorRoles: given.second_factor_roles,
		passkeyRelyingParty: given.passkey_relying_party ?? new URL(baseUrl).hostname,
		passkeyOrigins: given.passkey_origins ?? [new URL(baseUrl).origin],
		openId: given.openid.map((provider) => ({
			name: provider.name,
			label: provider.label,
			issuer: provider.issuer,
			clientId: provider.client_id,
			clientSecret: provider.client_secret ?? null,
			scopes: provider.scopes,
			emailDomains: provider.email_domains?.map((domain) => domain.toLowerCase()) ?? null,
			createsAccounts: provider.creates_accounts,
		})),
	};
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
