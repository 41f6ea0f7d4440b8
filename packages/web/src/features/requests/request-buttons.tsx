import type { RequestPageRow } from "@opengsync/db/queries/request-page";
import { SeqRequestStatus } from "@opengsync/domain/catalog";
import type { RequestAction, RequestActionName } from "@opengsync/domain/request-actions";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Menu } from "../../components/menu.tsx";
import { RequestIndexButtons } from "../indices/index-buttons.tsx";
import { actionsOf } from "./request-facts.ts";

/** Buttons at the right of the title, and what is rarer in menus (access-and-web.md §8.3). */
export function RequestButtons({ request }: { request: RequestPageRow }) {
	const actions = actionsOf(request);
	const url = `/seq_requests/${request.id}`;
	const fragment = `/htmx/seq_requests/${request.id}`;
	const shown = (name: RequestActionName): RequestAction | null => {
		const action = actions.get(name);
		return action?.shown ? action : null;
	};
	// The next thing to do once samples have arrived; before and after that the tab QC has the button.
	const measure = request.status_id === SeqRequestStatus.SAMPLES_RECEIVED.id ? shown("measure") : null;
	const submit = shown("submit");
	const store = shown("store");
	return (
		<>
			{shown("process") && (
				<LinkButton href={`${url}/process/`} dialog={`${fragment}/process`} dialogSize="lg" look="primary" icon="checks">
					Process
				</LinkButton>
			)}
			{store && (
				<LinkButton href={`/workflows/store_samples/?seq_request_id=${request.id}`} look="primary" icon="package">
					{store.label}
				</LinkButton>
			)}
			{measure && (
				<LinkButton href={`${url}/qc/`} look="primary" icon="clipboard-check" disabledReason={measure.reason}>
					{measure.label}
				</LinkButton>
			)}
			{submit && (
				<LinkButton
					href={`${url}/submit/`}
					dialog={`${fragment}/submit`}
					dialogSize="lg"
					look="primary"
					icon="send"
					disabledReason={submit.reason}
				>
					Submit
				</LinkButton>
			)}
			<ExportMenu url={url} shown={shown} />
			<ManageMenu request={request} url={url} fragment={fragment} shown={shown} />
		</>
	);
}

interface MenuProps {
	readonly url: string;
	readonly shown: (name: RequestActionName) => RequestAction | null;
}

function ExportMenu({ url, shown }: MenuProps) {
	const libraries = shown("exportLibraries");
	const everything = shown("exportEverything");
	return (
		<Menu label="Export" icon="download">
			{libraries && (
				<LinkButton href={`${url}/export/libraries/`} look="quiet" icon="file-text" disabledReason={libraries.reason}>
					{libraries.label}
				</LinkButton>
			)}
			{everything && (
				<LinkButton href={`${url}/export/`} look="quiet" icon="file-spreadsheet" disabledReason={everything.reason}>
					{everything.label}
				</LinkButton>
			)}
		</Menu>
	);
}

function ManageMenu({ request, url, fragment, shown }: MenuProps & { fragment: string; request: RequestPageRow }) {
	const edit = shown("edit");
	const attach = shown("attachFile");
	const clone = shown("clone");
	const archive = shown("archive");
	const removeAll = shown("removeAllLibraries");
	const remove = shown("delete");
	if (!edit) return null;
	return (
		<Menu label="Manage" icon="settings">
			<LinkButton href={`${url}/edit/`} look="quiet" icon="edit" disabledReason={edit.reason}>
				{edit.label}
			</LinkButton>
			{attach && (
				<LinkButton
					href={`${url}/attach/`}
					dialog={`${fragment}/attach`}
					look="quiet"
					icon="upload"
					disabledReason={attach.reason}
				>
					{attach.label}
				</LinkButton>
			)}
			<RequestIndexButtons request={request} reindex={shown("reindex")} />
			{clone && (
				<LinkButton href={`${url}/clone/`} dialog={`${fragment}/clone`} look="quiet" icon="copy" disabledReason={clone.reason}>
					{clone.label}
				</LinkButton>
			)}
			{archive && (
				<ActionButton
					action={`${url}/archive/`}
					look="quiet"
					icon="archive"
					disabledReason={archive.reason}
					confirm={{ title: "Archive this request?", text: "It is put aside; staff can bring it back.", yes: "Archive" }}
				>
					{archive.label}
				</ActionButton>
			)}
			{shown("unarchive") && (
				<ActionButton
					action={`${url}/unarchive/`}
					look="quiet"
					icon="history"
					confirm={{ title: "Bring this request back?", text: "It becomes a draft again.", yes: "Unarchive" }}
				>
					Unarchive
				</ActionButton>
			)}
			{removeAll && (
				<LinkButton
					href={`${url}/libraries/remove/`}
					dialog={`${fragment}/libraries/remove`}
					look="quiet"
					icon="trash"
					disabledReason={removeAll.reason}
				>
					{removeAll.label}
				</LinkButton>
			)}
			{remove && (
				<LinkButton
					href={`${url}/delete/`}
					dialog={`${fragment}/delete`}
					look="quiet"
					icon="trash"
					disabledReason={remove.reason}
				>
					{remove.label}
				</LinkButton>
			)}
		</Menu>
	);
}
