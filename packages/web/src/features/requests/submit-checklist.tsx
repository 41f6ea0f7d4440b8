import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { findMember, LibraryType } from "@opengsync/domain/catalog";
import { describeSubmissionWindow, type SubmissionWindow } from "@opengsync/domain/submission-window";
import { countSubmitChecklist, type SubmitChecklistItem, submitChecklist } from "@opengsync/domain/submit-checklist";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Icon } from "../../components/icon.tsx";
import { Card } from "../../components/parts.tsx";
import { actionsOf } from "./request-facts.ts";

/** The items of a request. */
export function checklistOf(request: RequestPageRow): readonly SubmitChecklistItem[] {
	return submitChecklist({
		statusId: request.status_id,
		numSamples: request.num_samples,
		numLibraries: request.num_libraries,
		isAuthorized: request.authorization_form_id !== null,
	});
}

/** `1/3`, for the title of the tab. */
export function checklistCount(request: RequestPageRow): string {
	const { done, total } = countSubmitChecklist(checklistOf(request));
	return `${done}/${total}`;
}

const words: Record<SubmitChecklistItem["state"], string> = { done: "done", todo: "to do", unavailable: "not yet" };

/** Steps of a customer: add samples, authorization form, submit, and what comes then (requests-and-annotation.md §2.2). */
export function SubmitChecklist({ request, windows }: { request: RequestPageRow; windows: readonly SubmissionWindow[] }) {
	const items = checklistOf(request);
	const { done, total } = countSubmitChecklist(items);
	return (
		<Card title={`${done} of ${total} done`}>
			<ol class="checklist">
				{items.map((item) => (
					<li class={`checklist-step${item.state === "done" ? " is-done" : ""}`}>
						<div class="checklist-text">
							<p class="checklist-title">
								{item.item === "next" ? (
									<Icon name="info-circle" />
								) : (
									<>
										<Icon
											name={item.state === "done" ? "circle-check" : "alert-triangle"}
											class={item.state === "done" ? "sign-present" : "sign-missing"}
										/>{" "}
									</>
								)}
								{item.label}
								<span class="visually-hidden"> ({words[item.state]})</span>
							</p>
							<p class="text-secondary">
								<StepText request={request} item={item} windows={windows} />
							</p>
						</div>
						<div class="btn-list">
							<StepButtons request={request} item={item} />
						</div>
					</li>
				))}
			</ol>
		</Card>
	);
}

interface StepProps {
	readonly request: RequestPageRow;
	readonly item: SubmitChecklistItem;
}

function count(number: number, one: string, many: string): string {
	return `${number} ${number === 1 ? one : many}`;
}

function StepText({ request, item, windows }: StepProps & { windows: readonly SubmissionWindow[] }) {
	const isDone = item.state === "done";
	switch (item.item) {
		case "samples":
			if (isDone) return "Your samples are there.";
			return request.num_runs > 0
				? "Begun, but not completed yet: the button leads back to where it was left."
				: "Annotate your samples: names, genome, attributes, service.";
		case "authorization":
			return isDone ? "The signed form is there." : "The signed PDF that permits the costs.";
		case "next":
			return "The facility reviews the request. Deliver your samples at the agreed time. The contact person is told when data are ready; more recipients can be added under Share.";
		default: {
			const types = request.library_type_counts.map(
				({ typeId, count: number }) => `${number} × ${findMember(LibraryType, typeId)?.label ?? typeId}`,
			);
			const material = [
				count(request.num_samples, "sample", "samples"),
				count(request.num_libraries, "library", "libraries"),
				...types,
			].join(", ");
			if (isDone) return `Submitted: ${material}.`;
			if (item.state === "unavailable") return "Add samples first.";
			const times = windows.map(describeSubmissionWindow).join(", ");
			return `${material}. ${times ? `Samples are taken ${times}.` : "Choose the time at which you bring the samples."}`;
		}
	}
}

function StepButtons({ request, item }: StepProps) {
	const actions = actionsOf(request);
	const url = `/seq_requests/${request.id}`;
	const fragment = `/htmx/seq_requests/${request.id}`;
	if (item.item === "samples") {
		const annotate = actions.get("annotate");
		return annotate?.shown ? (
			<ActionButton
				action={`${url}/annotation/`}
				look={item.state === "done" ? "secondary" : "primary"}
				icon="plus"
				disabledReason={annotate.reason}
			>
				Add samples
			</ActionButton>
		) : null;
	}
	if (item.item === "authorization") return <AuthorizationButtons request={request} />;
	const submit = actions.get("submit");
	if (item.item !== "submission" || !submit?.shown) return null;
	return (
		<LinkButton
			href={`${url}/submit/`}
			dialog={`${fragment}/submit`}
			dialogSize="lg"
			icon="send"
			look="primary"
			disabledReason={submit.reason}
		>
			Submit request
		</LinkButton>
	);
}

/** Template, upload, and, once it is there, the form itself and its removal (requests-and-annotation.md §2.8). */
export function AuthorizationButtons({ request }: { request: RequestPageRow }) {
	const actions = actionsOf(request);
	const attach = actions.get("attachAuthorization");
	const remove = actions.get("deleteFile");
	const url = `/seq_requests/${request.id}`;
	const formId = request.authorization_form_id;
	if (formId !== null) {
		return (
			<>
				<LinkButton href={`/download_file/${formId}/`} icon="file-text" newTab>
					Open form
				</LinkButton>
				{remove?.shown && (
					<ActionButton
						action={`${url}/files/${formId}/delete/`}
						icon="trash"
						look="quiet"
						disabledReason={remove.reason}
						confirm={{ title: "Delete the authorization form?", text: "A signed form is needed to submit.", yes: "Delete" }}
					>
						Delete form
					</ActionButton>
				)}
			</>
		);
	}
	return (
		<>
			<LinkButton href="/authorization_form_template/" icon="download">
				Template
			</LinkButton>
			{attach?.shown && (
				<LinkButton
					href={`${url}/attach/?type=authorization`}
					dialog={`/htmx/seq_requests/${request.id}/attach?type=authorization`}
					icon="upload"
					look={request.num_libraries > 0 ? "primary" : "secondary"}
					disabledReason={attach.reason}
				>
					Upload form
				</LinkButton>
			)}
		</>
	);
}
