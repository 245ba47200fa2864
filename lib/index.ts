export * as tf from "./backend/tf";
export * from "./backend/load";
