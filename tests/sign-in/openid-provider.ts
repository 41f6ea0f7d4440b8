// A real OpenID Connect provider in a process of its own. Its sign-in page takes whom it is told to be: a person as JSON.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";

/** Who signs in at the institution, and what it says of that person. */
export interface Person {
	readonly sub: string;
	readonly email?: string;
	readonly email_verified?: boolean;
	readonly given_name?: string;
	readonly family_name?: string;
	/** How the person showed who it is, e.g. `["mfa"]`. */
	readonly amr?: readonly string[];
}

/** Client that the product is at the institution. */
export const testClient = { id: "opengsync", secret: "a secret of the tests, long enough" } as const;

const persons = new Map<string, Person>();

async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
	let text = "";
	for await (const chunk of request) text += chunk;
	return new URLSearchParams(text);
}

const configuration = (returnAddresses: string[]): Configuration => ({
	clients: [
		{
			client_id: testClient.id,
			client_secret: testClient.secret,
			redirect_uris: returnAddresses,
			response_types: ["code"],
			grant_types: ["authorization_code"],
		},
	],
	cookies: { keys: ["of the tests"] },
	claims: {
		openid: ["sub", "amr"],
		email: ["email", "email_verified"],
		profile: ["given_name", "family_name"],
	},
	features: { devInteractions: { enabled: false } },
	interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
	findAccount: (_, accountId) => ({
		accountId,
		claims: () => {
			const { amr: _amr, ...claims } = persons.get(accountId) ?? { sub: accountId };
			return claims;
		},
	}),
	loadExistingGrant: async (context) => {
		const { client, session, provider } = context.oidc;
		if (!client || !session?.accountId) return undefined;
		const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
		grant.addOIDCScope("openid email profile");
		await grant.save();
		return grant;
	},
});

/** Listens on a free port and says so on standard output: `listening <port>`. */
async function serve(returnAddresses: string[]): Promise<void> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const provider = new Provider(`http://127.0.0.1:${port}`, configuration(returnAddresses));
	const answer = provider.callback();
	server.on("request", async (request, response) => {
		if (!request.url?.startsWith("/interaction/")) {
			answer(request, response);
			return;
		}
		if (request.method === "GET") {
			response.setHeader("Content-Type", "text/html");
			response.end('<form method="post"><label>Person <input name="person"></label><button>Sign in</button></form>');
			return;
		}
		const person = JSON.parse((await readBody(request)).get("person") ?? "{}") as Person;
		persons.set(person.sub, person);
		await provider.interactionFinished(
			request,
			response,
			{ login: { accountId: person.sub, ...(person.amr ? { amr: [...person.amr] } : {}) } },
			{ mergeWithLastSubmission: false },
		);
	});
	process.stdout.write(`listening ${port}\n`);
}

if (import.meta.main) await serve(process.argv.slice(2));
