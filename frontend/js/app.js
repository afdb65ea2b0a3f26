// Everything the browser adds. Each page works without it, so each module only makes things nicer.

import htmx from "htmx.org";

import { watchConfirmations } from "./confirm.js";
import { watchCopying } from "./copying.js";
import { watchDialogs } from "./dialogs.js";
import { keepTyping } from "./keep.js";
import { watchMenus } from "./menus.js";
import { watchMinutes } from "./minutes.js";
import { watchPapers } from "./papers.js";
import { watchOrder } from "./order.js";
import { watchPlan } from "./plan.js";
import { watchLinkPages } from "./pressing.js";
import { watchPrint } from "./print.js";
import { watchReading } from "./reading.js";
import { watchRequests } from "./requests.js";
import { watchSearch } from "./search.js";
import { watchSubmits } from "./submit.js";

// No code from attributes, no <style> of its own, no history of pages in the browser's storage.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  timeout: 20000,
});

watchMenus();
watchConfirmations();
watchCopying();
watchDialogs();
watchSubmits();
watchRequests();
keepTyping(htmx);
watchMinutes();
watchPapers();
watchOrder();
watchPlan();
watchReading();
watchLinkPages();
watchPrint();
watchSearch();

document.documentElement.dataset.script = "on";
