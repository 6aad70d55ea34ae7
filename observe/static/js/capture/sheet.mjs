// The capture sheet. One file is the page's script and that of the worker that writes for it: a tablet fetches it once.

import { serve } from "../writer.mjs";
import { openPage } from "./opening.mjs";

if ("document" in globalThis) openPage();
else serve();
