/** The drawings that lessons open with, one file a drawing; a cell shows one by its last line, `gan.drawings.theGame()`. */
export { convolution } from "./convolution";
export { dcganNetworks } from "./dcganNetworks";
export { detectorPipeline } from "./detectorPipeline";
export { kernelsLaidDown } from "./kernelsLaidDown";
export { latentSpace } from "./latentSpace";
export { modeCollapse } from "./modeCollapse";
export { neighbourBalls } from "./neighbourBalls";
export { neverSeen } from "./neverSeen";
export { planAndDual } from "./planAndDual";
export { provenanceChain } from "./provenanceChain";
export { slopeOne } from "./slopeOne";
export { theGame } from "./theGame";
export { twoPlayers } from "./twoPlayers";
export { unrolledGraph } from "./unrolledGraph";
export { vanillaGan } from "./vanillaGan";
export { whereTheLabelEnters } from "./whereTheLabelEnters";
