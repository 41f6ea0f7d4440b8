import { apiTokenScopes } from "@opengsync/core/api-tokens/scopes";
import type { ApiTokenRow } from "@opengsync/db/queries/api-tokens";
import { ActionButton, LinkButton } from "../../components/button.tsx";
import { Card, EmptyState, Time } from "../../components/parts.tsx";
import { SimpleTable } from "../../components/simple-table.tsx";
import { Mark } from "../../components/status.tsx";

/** What the tab *API* shows, and who may change it. */
export interface ApiTokensProps {
	readonly userId: number;
	readonly tokens: readonly ApiTokenRow[];
	/** Owner or admin, and the owner belongs to the staff. */
	readonly mayChange: boolean;
	/** Why no token can be made now, or null. */
	readonly noNewReason: string | null;
	/** Only the accounts of staff have tokens. */
	readonly isStaff: boolean;
	readonly now: Date;
}

/** Tab *API* of a user: access-and-web.md §5. */
export function ApiTokens({ userId, tokens, mayChange, noNewReason, isStaff, now }: ApiTokensProps) {
	const button = mayChange && (
		<LinkButton
			href={`/users/${userId}/api_tokens/new/`}
			dialog={`/htmx/users/${userId}/api_tokens/new`}
			icon="key"
			disabledReason={noNewReason}
		>
			New token
		</LinkButton>
	);
	if (tokens.length === 0) {
		const hint = isStaff
			? "With a token, scripts and pipelines act for this account."
			: "Only accounts of the staff have tokens.";
		return <EmptyState icon="key" title="No API tokens" hint={hint} action={button} />;
	}
	return (
		<Card title="API tokens" actions={button} padded={false}>
			<SimpleTable titles={["ID", "Name", "May", "State", "Expires", { numeric: "Validity (min)" }, "Last used"]} actions>
				{tokens.map((token) => {
					const isValid = !token.expired && token.expires > now;
					return (
						<tr>
							<td class="font-mono">{token.id}</td>
							<td>{token.name || "–"}</td>
							<td>{scopeLabels(token.scopes)}</td>
							<td>
								<Mark good={isValid}>{isValid ? "Valid" : token.expired ? "Deactivated" : "Expired"}</Mark>
							</td>
							<td>
								<Time at={token.expires} />
							</td>
							<td class="cell-numeric">{token.time_valid_min}</td>
							<td>{token.last_used_at ? <Time at={token.last_used_at} /> : "never"}</td>
							<td class="text-end">
								{mayChange && isValid && (
									<ActionButton
										action={`/users/${userId}/api_tokens/revoke/`}
										values={{ token_id: token.id }}
										small
										look="quiet"
										confirm={{ title: "Deactivate this token?", text: "It can never be used again.", yes: "Deactivate" }}
									>
										Deactivate
									</ActionButton>
								)}
							</td>
						</tr>
					);
				})}
			</SimpleTable>
		</Card>
	);
}

function scopeLabels(scopes: readonly string[]): string {
	return apiTokenScopes
		.filter((scope) => scopes.includes(scope.key))
		.map((scope) => scope.label.toLowerCase())
		.join(", ");
}
