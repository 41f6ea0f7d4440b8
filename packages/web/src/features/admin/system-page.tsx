import type { DatabaseStatus, JobRun } from "@opengsync/db/queries/system-status";
import { formatFileSize } from "@opengsync/domain/file-size";
import { Card, EmptyState, Metadata, Notice, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Mark } from "../../components/status.tsx";

/** Versions, the database, the outbox and the last run of each job. */
export function SystemPage({ database, jobs }: { database: DatabaseStatus; jobs: readonly JobRun[] }) {
	return (
		<>
			{database.mails_failed > 0 && (
				<Notice look="warning" title="Mails could not be sent">
					<p>
						{database.mails_failed} {database.mails_failed === 1 ? "mail was" : "mails were"} given up.{" "}
						<a href="/admin/mail/">Look at the outbox</a>
					</p>
				</Notice>
			)}
			<Card title="System">
				<Metadata
					items={[
						{ label: "Database", value: <Mark good>Online</Mark> },
						{ label: "PostgreSQL", value: database.version },
						{ label: "Schema", value: database.schema_step, mono: true },
						{ label: "Size", value: formatFileSize(database.size_bytes) },
						{ label: "Node", value: process.version },
						{ label: "Mails waiting", value: database.mails_pending },
					]}
				/>
			</Card>
			<Card title="Jobs" padded={false}>
				{jobs.length === 0 ? (
					<EmptyState icon="clock" title="No job has run yet" hint="Jobs are run by the worker: is it started?" />
				) : (
					<SimpleTable titles={["Job", "State", "Last started", "Ended"]}>
						{jobs.map((job) => (
							<tr>
								<td class="font-mono">{job.name}</td>
								<td>{job.state}</td>
								<td>
									<Time at={job.started} seconds />
								</td>
								<td>
									<Time at={job.completed} seconds />
								</td>
							</tr>
						))}
					</SimpleTable>
				)}
			</Card>
		</>
	);
}
