/** The drawings that lessons open with, one file a drawing; a cell shows one by its last line, `gan.drawings.theGame()`. */
export { convolution } from "./convolution";
export { dcganNetworks } from "./dcganNetworks";
export { kernelsLaidDown } from "./kernelsLaidDown";
export { latentSpace } from "./latentSpace";
export { modeCollapse } from "./modeCollapse";
export { planAndDual } from "./planAndDual";
export { slopeOne } from "./slopeOne";
export { theGame } from "./theGame";
export { twoPlayers } from "./twoPlayers";
export { vanillaGan } from "./vanillaGan";
export { whereTheLabelEnters } from "./whereTheLabelEnters";
