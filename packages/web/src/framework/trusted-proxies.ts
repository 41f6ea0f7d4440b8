import { BlockList, isIP, isIPv6 } from "node:net";

/** Reverse proxies whose word about the caller counts: addresses and ranges (`10.0.0.0/8`, `fd00::/8`). */
export class TrustedProxies {
	private readonly list = new BlockList();

	/** @throws Error that names the entry, when one is neither address nor range */
	constructor(entries: readonly string[]) {
		for (const entry of entries) this.add(entry.trim());
	}

	/** Whether an address is that of a proxy. */
	includes(address: string): boolean {
		return isIP(address) !== 0 && this.list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
	}

	private add(entry: string): void {
		const [address = "", bits, ...rest] = entry.split("/");
		const longest = isIP(address) === 4 ? 32 : 128;
		const prefix = bits === undefined ? longest : Number(bits);
		if (isIP(address) === 0 || rest.length > 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > longest || bits === "") {
			throw new Error(`trusted_proxies: "${entry}" is neither an address nor a range.`);
		}
		this.list.addSubnet(address, prefix, longest === 32 ? "ipv4" : "ipv6");
	}
}
