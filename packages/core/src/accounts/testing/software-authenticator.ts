import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

/** What a test may spoil. */
export interface Spoiled {
	readonly origin?: string;
	readonly relyingParty?: string;
	/** Without fingerprint or PIN. */
	readonly unverified?: boolean;
	readonly counter?: number;
}

const userPresent = 0x01;
const userVerified = 0x04;
const attestedCredential = 0x40;

/** An authenticator in software, for tests: one ES256 credential, no attestation. */
export class SoftwareAuthenticator {
	readonly credentialId: string = randomBytes(32).toString("base64url");
	private readonly origin: string;
	private readonly relyingParty: string;
	private readonly privateKey: KeyObject;
	private readonly publicKey: Uint8Array;
	private readonly aaguid: string;
	private counter = 0;

	constructor(place: { readonly origin: string; readonly relyingParty: string; readonly aaguid?: string }) {
		this.origin = place.origin;
		this.relyingParty = place.relyingParty;
		this.aaguid = place.aaguid ?? "00000000-0000-0000-0000-000000000000";
		const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
		const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
		this.privateKey = pair.privateKey;
		this.publicKey = isoCBOR.encode(
			new Map<number, number | Uint8Array>([
				[1, 2],
				[3, -7],
				[-1, 1],
				[-2, new Uint8Array(Buffer.from(x, "base64url"))],
				[-3, new Uint8Array(Buffer.from(y, "base64url"))],
			]),
		);
	}

	/** Answer to the options of a registration. */
	register(challenge: string, spoiled: Spoiled = {}) {
		const id = Buffer.from(this.credentialId, "base64url");
		const length = Buffer.from([id.length >> 8, id.length & 0xff]);
		const aaguid = Buffer.from(this.aaguid.replaceAll("-", ""), "hex");
		const head = this.authenticatorData(attestedCredential, spoiled);
		const authData = new Uint8Array(Buffer.concat([head, aaguid, length, id, this.publicKey]));
		const attestation = isoCBOR.encode(
			new Map<string, string | Uint8Array | Map<string, never>>([
				["fmt", "none"],
				["attStmt", new Map<string, never>()],
				["authData", authData],
			]),
		);
		return this.answer({
			clientDataJSON: this.clientData("webauthn.create", challenge, spoiled).toString("base64url"),
			attestationObject: Buffer.from(attestation).toString("base64url"),
			transports: ["internal"],
		});
	}

	/** Answer to the options of a sign-in. */
	signIn(challenge: string, spoiled: Spoiled = {}) {
		this.counter += 1;
		const authenticatorData = this.authenticatorData(0, { counter: this.counter, ...spoiled });
		const clientData = this.clientData("webauthn.get", challenge, spoiled);
		const signed = Buffer.concat([authenticatorData, createHash("sha256").update(clientData).digest()]);
		return this.answer({
			clientDataJSON: clientData.toString("base64url"),
			authenticatorData: authenticatorData.toString("base64url"),
			signature: sign("sha256", signed, this.privateKey).toString("base64url"),
		});
	}

	private answer<Response>(response: Response) {
		const { credentialId } = this;
		return { id: credentialId, rawId: credentialId, type: "public-key" as const, clientExtensionResults: {}, response };
	}

	private clientData(type: string, challenge: string, spoiled: Spoiled): Buffer {
		return Buffer.from(JSON.stringify({ type, challenge, origin: spoiled.origin ?? this.origin, crossOrigin: false }));
	}

	private authenticatorData(flags: number, spoiled: Spoiled): Buffer {
		const counter = Buffer.alloc(4);
		counter.writeUInt32BE(spoiled.counter ?? this.counter);
		const place = createHash("sha256")
			.update(spoiled.relyingParty ?? this.relyingParty)
			.digest();
		const all = flags | userPresent | (spoiled.unverified ? 0 : userVerified);
		return Buffer.concat([place, Buffer.from([all]), counter]);
	}
}
