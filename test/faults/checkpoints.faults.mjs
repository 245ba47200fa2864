import { checkpointFaults } from "./checkpointFaults.mjs";

checkpointFaults({ kills: 200, seconds: 20, mutations: 4000 });
