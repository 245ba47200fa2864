import { downloadFaults } from "./downloadFaults.mjs";

downloadFaults({ mirrors: 600, kills: 40, mutations: 4000 });
