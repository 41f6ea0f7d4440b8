import { deletePool } from "@opengsync/core/pools/delete-pool";
import { removeAllLibrariesFromPool, removeLibraryFromPool } from "@opengsync/core/pools/remove-libraries";
import { updatePool } from "@opengsync/core/pools/update-pool";
import { requireAllowed } from "@opengsync/core/require-allowed";
import { findPoolPage, type PoolPageRow } from "@opengsync/db/queries/pool-page";
import type { AccessLevel } from "@opengsync/domain/access-level";
import { membersOf, PoolStatus, PoolType } from "@opengsync/domain/catalog";
import { type PoolActionName, poolAction } from "@opengsync/domain/pool-actions";
import { z } from "zod";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import type { Exchange } from "../../framework/exchange.ts";
import { defineForm, memberOptions } from "../../framework/form.ts";
import { formRoutes } from "../../framework/form-routes.tsx";
import { onObject } from "../../framework/policy.ts";
import { defineRoute, idInPath, type Route, withId } from "../../framework/route.ts";
import { PoolIndexButtons } from "../indices/index-buttons.tsx";

/** Loads the pool of the address with the viewer's level and lets the route's policy decide. */
export async function loadPool(exchange: Exchange<{ id: number }>): Promise<PoolPageRow> {
	return exchange.authorize(await findPoolPage(exchange.db, exchange.viewer, exchange.params.id));
}

/** An action on the pool as its page offers it. */
export function poolActionOf(pool: PoolPageRow, action: PoolActionName) {
	const { status_id: statusId, access_level: level, num_libraries: numLibraries } = pool;
	return poolAction(action, {
		statusId,
		level: level as AccessLevel,
		numLibraries,
		isOnExperiment: pool.experiment_id !== null,
	});
}

/** Buttons at the right of the title: access-and-web.md §8.6. */
export function PoolButtons({ pool }: { pool: PoolPageRow }) {
	const url = `/pools/${pool.id}`;
	const edit = poolActionOf(pool, "edit");
	const empty = poolActionOf(pool, "removeAllLibraries");
	const remove = poolActionOf(pool, "delete");
	return (
		<>
			{edit.shown && (
				<LinkButton href={`${url}/edit/`} dialog={`/htmx/pools/${pool.id}/edit`} icon="edit" disabledReason={edit.reason}>
					Edit
				</LinkButton>
			)}
			<PoolIndexButtons pool={pool} />
			{empty.shown && (
				<ActionButton
					action={`${url}/libraries/remove_all/`}
					icon="x"
					disabledReason={empty.reason}
					confirm={{
						title: "Remove all libraries from this pool?",
						text: "Pooled libraries are stored again; the pool stays, empty.",
						yes: "Remove",
					}}
				>
					{empty.label}
				</ActionButton>
			)}
			{remove.shown && (
				<ActionButton
					action={`${url}/delete/`}
					icon="trash"
					look="danger"
					disabledReason={remove.reason}
					confirm={{ title: `Delete ${pool.name}?`, text: "Its dilutions go with it.", yes: "Delete" }}
				>
					Delete
				</ActionButton>
			)}
		</>
	);
}

function buildPoolForm(pool: PoolPageRow) {
	return defineForm({
		name: "pool-form",
		submitLabel: "Save pool",
		fields: {
			name: { kind: "text", label: "Name", required: true, minLength: 4, maxLength: 64, value: pool.name },
			typeId: {
				kind: "select",
				label: "Type",
				required: true,
				half: true,
				options: memberOptions(membersOf(PoolType)),
				value: pool.type_id,
			},
			numMReadsRequested: {
				kind: "number",
				label: "Reads requested",
				unit: "M",
				min: 0,
				half: true,
				...(pool.num_m_reads_requested === null ? {} : { value: pool.num_m_reads_requested }),
			},
			contactName: { kind: "text", label: "Contact", required: true, maxLength: 128, value: pool.contact_name },
			contactEmail: {
				kind: "email",
				label: "E-mail of the contact",
				required: true,
				maxLength: 128,
				half: true,
				value: pool.contact_email ?? "",
			},
			contactPhone: {
				kind: "text",
				label: "Phone of the contact",
				maxLength: 20,
				half: true,
				value: pool.contact_phone ?? "",
			},
			statusId: poolActionOf(pool, "changeStatus").enabled
				? {
						kind: "select",
						label: "Status",
						required: true,
						options: memberOptions(membersOf(PoolStatus)),
						value: pool.status_id,
					}
				: { kind: "hidden", label: "Status", readOnly: true },
		},
	});
}

const edit = formRoutes({
	pagePath: "/pools/:id/edit/",
	dialogPath: "/htmx/pools/:id/edit",
	params: withId,
	policy: onObject("pool", "id", "EDIT"),
	summary: "Edit a pool",
	title: (pool: PoolPageRow) => `Edit ${pool.name}`,
	active: "pools",
	breadcrumbs: (pool) => [
		{ label: "Pools", href: "/pools/" },
		{ label: pool.name, href: `/pools/${pool.id}/` },
	],
	load: async (exchange) => {
		const pool = await loadPool(exchange);
		requireAllowed(poolActionOf(pool, "edit"));
		return pool;
	},
	form: buildPoolForm,
	accept: async (exchange, values, pool) => {
		const statusId = typeof values.statusId === "number" ? values.statusId : null;
		await exchange.command((context) => updatePool(context, pool.id, { ...values, statusId }));
		exchange.flash("success", "Changes saved.");
		return `/pools/${pool.id}/`;
	},
});

const removeOne = defineRoute({
	method: "POST",
	path: "/pools/:id/libraries/:libraryId/remove/",
	kind: "action",
	policy: onObject("pool", "id", "INSIDER"),
	summary: "Take a library out of a pool",
	params: z.object({ id: idInPath, libraryId: idInPath }),
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		await exchange.command((context) => removeLibraryFromPool(context, pool.id, exchange.params.libraryId));
		exchange.flash("success", "Library removed from the pool.");
		return exchange.redirect(`/pools/${pool.id}/`);
	},
});

const removeAll = defineRoute({
	method: "POST",
	path: "/pools/:id/libraries/remove_all/",
	kind: "action",
	policy: onObject("pool", "id", "INSIDER"),
	summary: "Take all libraries out of a pool",
	params: withId,
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		const count = await exchange.command((context) => removeAllLibrariesFromPool(context, pool.id));
		exchange.flash("success", count === 1 ? "1 library removed." : `${count} libraries removed.`);
		return exchange.redirect(`/pools/${pool.id}/`);
	},
});

const removal = defineRoute({
	method: "POST",
	path: "/pools/:id/delete/",
	kind: "action",
	policy: onObject("pool", "id", "INSIDER"),
	summary: "Delete an empty pool",
	params: withId,
	handler: async (exchange) => {
		const pool = await loadPool(exchange);
		await exchange.command((context) => deletePool(context, pool.id));
		exchange.flash("success", `Pool ${pool.name} deleted.`);
		return exchange.redirect("/pools/");
	},
});

/** What is done to a pool by hand. */
export const poolChangeRoutes: readonly Route[] = [...edit, removeOne, removeAll, removal];
