import { describe, expect, it } from "vitest";
import { limitOwner } from "./client-address.ts";
import { TrustedProxies } from "./trusted-proxies.ts";

describe("a limit", () => {
	it.each([
		["192.0.2.1", "192.0.2.1"],
		["none", "none"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"],
		["2001:db8:1:2::ffff", "2001:db8:1:2::"],
		["2001:0DB8::1", "2001:db8:0:0::"],
		["::1", "0:0:0:0::"],
		["fe80::1%eth0", "fe80:0:0:0::"],
	])("for %s is counted by %s, so that nobody gets a new one with each address of a network", (address, owner) => {
		expect(limitOwner(address)).toBe(owner);
	});
});

describe("trusted proxies", () => {
	it("are addresses and ranges of both kinds, and nothing near them", () => {
		const proxies = new TrustedProxies(["192.0.2.1", " 10.0.0.0/8", "fd00::/8", "2001:db8::5"]);
		for (const address of ["192.0.2.1", "10.255.0.1", "fd12::1", "2001:db8::5"])
			expect([address, proxies.includes(address)]).toEqual([address, true]);
		for (const address of ["192.0.2.2", "11.0.0.1", "fe80::1", "2001:db8::6", "none", ""])
			expect([address, proxies.includes(address)]).toEqual([address, false]);
	});
});
