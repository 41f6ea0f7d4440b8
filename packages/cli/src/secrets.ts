import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const schema = z.object({ secretKey: z.string().min(32) });

/** Secrets of one installation, made once and kept beside its data with mode 600. */
export type Secrets = z.infer<typeof schema>;

/**
 * Reads the secrets of a data folder, or makes them.
 * SECRET_KEY in the environment wins over the file.
 */
export function readSecrets(dataFolder: string): Secrets {
	const fromEnvironment = process.env.SECRET_KEY;
	if (fromEnvironment) return schema.parse({ secretKey: fromEnvironment });
	const file = path.join(dataFolder, "secrets.json");
	if (existsSync(file)) return schema.parse(JSON.parse(readFileSync(file, "utf8")));
	const secrets: Secrets = { secretKey: randomBytes(48).toString("base64url") };
	mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
	writeFileSync(file, `${JSON.stringify(secrets)}\n`, { mode: 0o600 });
	return secrets;
}
