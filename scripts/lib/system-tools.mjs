import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What the tests use of the system: program → Debian package. */
const tools = { chromium: "chromium", rclone: "rclone", wget: "wget", curl: "curl", "redis-server": "redis-server" };

function isPresent(program) {
	return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** Installs the programs that the tests need with apt, or says which packages to install and ends. */
export function ensureSystemTools() {
	const missing = Object.keys(tools).filter((program) => !isPresent(program));
	if (missing.length === 0) return;
	const packages = missing.map((program) => tools[program]);
	if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
		console.log(`Installing ${packages.join(", ")} for the tests …`);
		spawnSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
		spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
			stdio: ["ignore", "ignore", "inherit"],
			env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
		});
	}
	const still = missing.filter((program) => !isPresent(program));
	if (still.length > 0) {
		console.error(`The tests need ${still.join(", ")}. Install: ${still.map((program) => tools[program]).join(" ")}`);
		process.exit(1);
	}
}
