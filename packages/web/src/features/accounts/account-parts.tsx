import type { AccountContext } from "@opengsync/core/accounts/account-context";
import { z } from "zod";
import { Form, type FormProps } from "../../components/form.tsx";
import { Card } from "../../components/parts.tsx";
import type { Content, Exchange } from "../../framework/exchange.ts";

/** Each kind of submission: 20 a minute per address, for everybody (access-and-web.md §6.6). */
export const submitLimit = { requests: 20, perSeconds: 60, everybody: true } as const;

/** Secret of a link in the path. */
export const withToken = z.object({ token: z.string().max(128) });

/** Fields of a new password. */
export const newPasswordFields = {
	password: {
		kind: "password",
		label: "New password",
		required: true,
		help: "At least 8 characters; any characters will do.",
		autocomplete: "new-password",
	},
	repetition: { kind: "password", label: "New password again", required: true, autocomplete: "new-password" },
} as const;

/** Context for commands of people who need not be signed in. */
export function accountContext(exchange: Exchange): AccountContext {
	const actor = {
		userId: exchange.maybeViewer?.id ?? null,
		impersonatorId: exchange.impersonator?.id ?? null,
		via: "web",
		requestId: exchange.requestId,
	} as const;
	return { db: exchange.db, services: exchange.services, actor };
}

interface AccountCardProps extends Pick<FormProps, "form" | "state" | "action"> {
	readonly title: string;
	readonly children?: Content;
}

/** A form of its own on a page without navigation. */
export function AccountCard({ title, children, ...form }: AccountCardProps) {
	return (
		<>
			<Card>
				<h1 class="bare-title">{title}</h1>
				<Form {...form} {...(children ? { intro: children } : {})} />
			</Card>
			<p class="bare-foot">
				<a href="/auth/auth/">Back to the sign-in page</a>
			</p>
		</>
	);
}
