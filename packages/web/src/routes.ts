import { emailChangeRoutes } from "./features/accounts/email-change-routes.tsx";
import { openIdRoutes } from "./features/accounts/openid-routes.tsx";
import { registrationRoutes } from "./features/accounts/registration-routes.tsx";
import { resetRoutes } from "./features/accounts/reset-routes.tsx";
import { signInRoutes } from "./features/accounts/routes.tsx";
import { sessionRoutes } from "./features/accounts/sessions-tab.tsx";
import { workingAsRoutes } from "./features/accounts/working-as.tsx";
import { adminRoutes } from "./features/admin/routes.tsx";
import { annotationRoutes } from "./features/annotation/routes.tsx";
import { annotationApiRoutes } from "./features/api/annotation-routes.ts";
import { openApiRoutes } from "./features/api/openapi.ts";
import { readsRoutes } from "./features/api/reads-routes.ts";
import { billingRoutes } from "./features/billing/routes.tsx";
import { calendarRoutes } from "./features/calendar/routes.tsx";
import { dashboardRoutes } from "./features/dashboard/routes.tsx";
import { experimentRoutes } from "./features/experiments/routes.tsx";
import { dataFileRoutes } from "./features/files/data-file-routes.ts";
import { fileRoutes } from "./features/files/routes.tsx";
import { groupRoutes } from "./features/groups/routes.tsx";
import { historyRoutes } from "./features/history/routes.tsx";
import { indexRoutes } from "./features/indices/routes.ts";
import { kitRoutes } from "./features/kits/routes.tsx";
import { labRoutes } from "./features/lab/routes.tsx";
import { labPrepRoutes } from "./features/lab-preps/routes.tsx";
import { libraryRoutes } from "./features/libraries/routes.tsx";
import { notificationRoutes } from "./features/notifications/routes.ts";
import { poolRoutes } from "./features/pools/routes.tsx";
import { shareApiRoutes } from "./features/projects/api-routes.ts";
import { projectRoutes } from "./features/projects/routes.tsx";
import { requestRoutes } from "./features/requests/routes.tsx";
import { runRoutes } from "./features/runs/routes.tsx";
import { sampleRoutes } from "./features/samples/routes.tsx";
import { searchRoutes } from "./features/search/routes.ts";
import { serviceRoutes } from "./features/service/routes.ts";
import { downloadRoutes } from "./features/shares/routes.tsx";
import { userRoutes } from "./features/users/routes.tsx";
import type { Route } from "./framework/route.ts";

/** The route table of the product: every address there is, with its policy. */
export const routes: readonly Route[] = [
	...signInRoutes(),
	...registrationRoutes,
	...resetRoutes,
	...emailChangeRoutes,
	...dashboardRoutes,
	...calendarRoutes,
	...requestRoutes,
	...annotationRoutes,
	...projectRoutes,
	...sampleRoutes,
	...libraryRoutes,
	...indexRoutes,
	...poolRoutes,
	...labRoutes,
	...labPrepRoutes,
	...experimentRoutes,
	...billingRoutes,
	...runRoutes,
	...kitRoutes,
	...userRoutes,
	...openIdRoutes,
	...sessionRoutes,
	...workingAsRoutes,
	...notificationRoutes,
	...groupRoutes,
	...adminRoutes,
	...historyRoutes,
	...fileRoutes,
	...dataFileRoutes,
	...searchRoutes,
	...readsRoutes,
	...annotationApiRoutes,
	...openApiRoutes(() => routes),
	...shareApiRoutes,
	...downloadRoutes,
	...serviceRoutes,
];
