import { randomUUID } from "node:crypto";
import { endLapsedSessions } from "@opengsync/core/accounts/end-sessions";
import type { Services } from "@opengsync/core/context";
import { sendPendingMail } from "@opengsync/core/mail/outbox";
import { digestHour, sendDailyDigests } from "@opengsync/core/notifications/send-daily-digests";
import type { Db } from "@opengsync/db/connection";
import { type Actor, transact } from "@opengsync/db/transaction";
import { formatDate } from "@opengsync/domain/time";
import { PgBoss } from "pg-boss";
import type { Logger } from "pino";
import { keepAuditHeads } from "./jobs/keep-audit-heads.ts";
import { scanRunFolders } from "./jobs/scan-run-folders.ts";
import { updateStatuses } from "./jobs/update-statuses.ts";

/** What a worker process is made of. */
export interface WorkerOptions {
	readonly db: Db;
	/** Connection text of the queue, which keeps its tables in the schema `pgboss`. */
	readonly queueUrl: string;
	readonly services: Services;
	readonly log: Logger;
}

/** A running worker. */
export interface Worker {
	/** Does a job now, as the schedule would; resolves when it has ended. */
	runNow(job: JobName): Promise<void>;
	/** `ok`, or the jobs that have not ended within three of their intervals (background-and-ops.md §10.4). */
	health(): string;
	/** Lets running jobs end, then stops. */
	stop(): Promise<void>;
}

/** Scheduled jobs: background-and-ops.md §1.1. */
export type JobName = "rf_scan" | "status_update" | "send_mail" | "end_sessions" | "audit_heads" | "daily_digest";

interface Job {
	readonly name: JobName;
	/** Seconds between two ticks. */
	readonly intervalSeconds: number;
	/** Time of the day, as a cron expression of the facility's time zone, at which a job runs that is not simply repeated. */
	readonly cron?: string;
	readonly work: () => Promise<unknown>;
}

function workerActor(): Actor {
	return { userId: null, impersonatorId: null, via: "worker", requestId: randomUUID() };
}

function jobsOf({ db, services, log }: WorkerOptions): Job[] {
	const { config, now } = services;
	return [
		{
			name: "rf_scan",
			intervalSeconds: config.runFolderScanIntervalMin * 60,
			work: () =>
				scanRunFolders(db, workerActor(), config.illuminaRunFolder, config.timeZone, now, log.child({ job: "rf_scan" })),
		},
		{
			name: "status_update",
			intervalSeconds: config.statusUpdateIntervalMin * 60,
			work: async () => {
				const changes = await updateStatuses(db, workerActor(), services);
				for (const change of changes) log.info(`${change.entity} ${change.id}: ${change.from} -> ${change.to}`);
			},
		},
		{ name: "send_mail", intervalSeconds: 10, work: () => sendPendingMail(db, services.mail) },
		{
			name: "end_sessions",
			intervalSeconds: 300,
			work: () => transact(db, workerActor(), (tx) => endLapsedSessions(tx, now())),
		},
		{
			name: "audit_heads",
			intervalSeconds: 86_400,
			work: () => keepAuditHeads(db, config.logFolder, formatDate(now(), config.timeZone)),
		},
		{
			name: "daily_digest",
			intervalSeconds: 86_400,
			cron: `0 ${digestHour} * * *`,
			work: () => sendDailyDigests(db, services, workerActor()),
		},
	];
}

/**
 * Starts the schedule and its jobs. pg-boss hands each tick to exactly one process, and never runs a job beside itself.
 * @throws when the queue cannot be set up
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
	const { log } = options;
	const boss = new PgBoss({
		connectionString: options.queueUrl,
		schema: "pgboss",
		createSchema: false,
		max: 3,
		application_name: "opengsync-queue",
	});
	boss.on("error", (error) => log.error({ err: error }, "queue"));
	await boss.start();

	const jobs = jobsOf(options);
	const running = new Map<JobName, Promise<void>>();
	const startedAt = Date.now();
	const endedAt = new Map<JobName, number>();
	const perform = (job: Job): Promise<void> => {
		const current = running.get(job.name);
		if (current) return current;
		const done = job
			.work()
			.then(() => undefined)
			.catch((error: unknown) => log.error({ err: error, job: job.name }, "job failed"))
			.finally(() => {
				running.delete(job.name);
				endedAt.set(job.name, Date.now());
			});
		running.set(job.name, done);
		return done;
	};

	for (const job of jobs) {
		await boss.createQueue(job.name, {
			policy: "singleton",
			retryLimit: 0,
			expireInSeconds: 900,
			deleteAfterSeconds: 3 * 86_400,
		});
		await boss.work(job.name, { pollingIntervalSeconds: 2 }, async () => perform(job));
		// A worker that was down at the time makes up for it once.
		if (job.cron) await boss.schedule(job.name, job.cron, {}, { tz: options.services.config.timeZone, missed: "once" });
	}
	const timers = jobs.flatMap((job) => {
		if (job.cron) return [];
		const tick = () => {
			const slot = { singletonKey: job.name, singletonSeconds: Math.max(1, Math.floor(job.intervalSeconds)) };
			boss.send(job.name, {}, slot).catch((error: unknown) => log.warn({ err: error, job: job.name }, "tick lost"));
		};
		tick();
		return setInterval(tick, job.intervalSeconds * 1000);
	});

	return {
		health: () => {
			const late = jobs.filter(
				(job) => Date.now() - (endedAt.get(job.name) ?? startedAt) > 3 * job.intervalSeconds * 1000 + 30_000,
			);
			return late.length === 0 ? "ok" : `late: ${late.map((job) => job.name).join(", ")}`;
		},
		runNow: async (name) => {
			const job = jobs.find((candidate) => candidate.name === name);
			if (job) await perform(job);
		},
		stop: async () => {
			for (const timer of timers) clearInterval(timer);
			await boss.stop({ graceful: true, timeout: 10_000, close: true });
			await Promise.all(running.values());
		},
	};
}
