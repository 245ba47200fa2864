/** A small part of `npm run test:faults`. */
import { checkpointFaults } from "./checkpointFaults.mjs";
import { downloadFaults } from "./downloadFaults.mjs";

checkpointFaults({ kills: 5, seconds: 1, mutations: 100 });
downloadFaults({ mirrors: 40, kills: 3, mutations: 100 });
