/** What every page runs: htmx with our rules, islands, dialogs, toasts, tabs, tooltips. */
import "htmx.org";
import { watchClipboard } from "./app/clipboard.ts";
import { watchDialogs } from "./app/dialogs.ts";
import { watchFocus } from "./app/focus.ts";
import { watchForms } from "./app/forms.ts";
import { watchIslands } from "./app/islands.ts";
import { watchLists } from "./app/lists.ts";
import { watchMenus } from "./app/menus.ts";
import { watchRequests } from "./app/requests.ts";
import { watchShell } from "./app/shell.ts";
import { watchTabs } from "./app/tabs.ts";
import { watchToasts } from "./app/toasts.ts";
import { watchTooltips } from "./app/tooltips.ts";

watchRequests();
watchFocus();
watchToasts();
watchDialogs();
watchForms();
watchTabs();
watchLists();
watchMenus();
watchTooltips();
watchClipboard();
watchShell();
watchIslands();
