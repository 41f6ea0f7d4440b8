import { MemorySignInThrottle, type SignInThrottle } from "@opengsync/core/accounts/sign-in";
import type { Services } from "@opengsync/core/context";

const throttles = new WeakMap<Services, SignInThrottle>();

/** Counter of wrong passwords and codes per account: that of the services, else one in the memory of this process. */
export function throttleOf(services: Services): SignInThrottle {
	if (services.signInThrottle) return services.signInThrottle;
	const known = throttles.get(services) ?? new MemorySignInThrottle(() => services.now().getTime());
	throttles.set(services, known);
	return known;
}
