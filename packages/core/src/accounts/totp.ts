import { Secret, TOTP } from "otpauth";

/** Codes of authenticator apps (RFC 6238): six digits, a new one every 30 seconds. */
const periodSeconds = 30;
const digits = 6;

/** Codes of one step before and after count too, since clocks differ. */
const toleratedSteps = 1;

/** A new shared secret of 160 bits, as base32 text. */
export function newTotpSecret(): string {
	return new Secret({ size: 20 }).base32;
}

/** The address that an app reads from the QR code. */
export function totpAddress(secret: string, names: { readonly issuer: string; readonly account: string }): string {
	// A colon would end the name of the issuer.
	const issuer = names.issuer.replaceAll(":", " ");
	const totp = new TOTP({ issuer, label: names.account, period: periodSeconds, digits, secret: Secret.fromBase32(secret) });
	return totp.toString();
}

/** The time step to which a code belongs, when it is right at this time; null when it is not. */
export function findTotpStep(secret: string, code: string, now: Date): number | null {
	if (!/^\d{6}$/.test(code)) return null;
	const timestamp = now.getTime();
	const totp = new TOTP({ period: periodSeconds, digits, secret: Secret.fromBase32(secret) });
	const difference = totp.validate({ token: code, timestamp, window: toleratedSteps });
	return difference === null ? null : totp.counter({ timestamp }) + difference;
}
