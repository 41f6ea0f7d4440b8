import { demoPassword } from "@opengsync/core/accounts/demo-password";
import type { OpenIdProviderConfig } from "@opengsync/core/config";
import type { Db } from "@opengsync/db/connection";
import { memberById, UserRole } from "@opengsync/domain/catalog";
import { Form } from "../../components/form.tsx";
import { Icon } from "../../components/icon.tsx";
import { Card, Island } from "../../components/parts.tsx";
import type { FormState } from "../../framework/form.ts";
import { firstAdminForm, signInForm } from "./forms.ts";
import { OpenIdButtons } from "./openid-buttons.tsx";

/** An account of the demonstration facility. */
export interface DemoAccount {
	readonly email: string;
	readonly role: string;
}

/** One account per role for trying things out. */
export async function demoAccountsOf(db: Db): Promise<DemoAccount[]> {
	const rows = await db
		.selectFrom("lims_user")
		.select(["email", "role_id"])
		.distinctOn("role_id")
		.where("role_id", "in", [UserRole.ADMIN.id, UserRole.BIOINFORMATICIAN.id, UserRole.TECHNICIAN.id, UserRole.CLIENT.id])
		.orderBy("role_id")
		.orderBy("id")
		.execute();
	return rows.map((row) => ({ email: row.email, role: memberById(UserRole, row.role_id).label }));
}

interface SignInProps {
	readonly state: FormState;
	readonly next: string | null;
	readonly demoAccounts: readonly DemoAccount[];
	readonly contact: string;
	/** Where people may sign in besides. */
	readonly institutions: readonly OpenIdProviderConfig[];
}

/** The sign-in page. */
export function SignInView({ state, next, demoAccounts, contact, institutions }: SignInProps) {
	const query = next ? `?next=${encodeURIComponent(next)}` : "";
	const action = `/auth/auth/${query}`;
	const passkeyAction = `/auth/passkey/${query}`;
	return (
		<>
			<Card>
				<h1 class="bare-title">Sign in</h1>
				<Form form={signInForm} state={state} action={action} />
				<Island name="passkey-sign-in" data={{ options: "/auth/passkey/options/", answer: passkeyAction }}>
					<button type="button" class="btn" hidden>
						<Icon name="key" />
						Sign in with a passkey
					</button>
					<p class="field-error" role="alert" hidden />
				</Island>
				<p class="mt-3 mb-0">
					<a href="/auth/forgot_password/">Forgot password?</a> · <a href="/auth/register/">Register</a>
				</p>
			</Card>
			<OpenIdButtons providers={institutions} next={next} />
			{demoAccounts.length > 0 && (
				<Card>
					<h2 class="card-title">Demonstration</h2>
					<p class="text-secondary">
						Nothing here is real. Password of all accounts: <code>{demoPassword}</code>
					</p>
					<ul class="demo-accounts">
						{demoAccounts.map((account) => (
							<li>
								<button type="button" class="btn btn-sm" data-fill-email={account.email} data-fill-password={demoPassword}>
									{account.role}
								</button>
								<span class="font-mono">{account.email}</span>
							</li>
						))}
					</ul>
				</Card>
			)}
			<p class="bare-foot">
				Questions? <a href={`mailto:${contact}`}>{contact}</a>
			</p>
		</>
	);
}

/** The page of the link that the set-up prints. */
export function FirstAdminView({ token, state }: { token: string; state: FormState }) {
	return (
		<Card>
			<h1 class="bare-title">First administrator</h1>
			<p class="text-secondary">This installation has no administrator yet. The account made here may do everything.</p>
			<Form form={firstAdminForm} state={state} action={`/auth/first-admin/${token}/`} />
		</Card>
	);
}
